package observe

import (
	"bytes"
	"io"

	"golang.org/x/text/encoding/japanese"
)

// The table that Event Viewer saves as CSV has names of columns and messages in the
// language of the machine, local times without a zone, and no record ids: nothing in it
// can be cited as a record. It is known, so that it can be said what to save instead.

// eventViewerColumns are the first names of its columns, in English and in Japanese.
// The Japanese ones are from descriptions: no real file was to be had.
var eventViewerColumns = [][2]string{{"Level", "Date and Time"}, {"レベル", "日付と時刻"}, {"キーワード", "日付と時刻"}, {"Keywords", "Date and Time"}}

func isEventViewerCSV(head []byte) bool {
	line, _, _ := bytes.Cut(plainHead(head), []byte("\n"))
	texts := [][]byte{line}
	if sjis, err := japanese.ShiftJIS.NewDecoder().Bytes(line); err == nil {
		texts = append(texts, sjis)
	}
	for _, text := range texts {
		for _, separator := range []string{",", "\t"} {
			first, rest, _ := bytes.Cut(text, []byte(separator))
			second, _, more := bytes.Cut(rest, []byte(separator))
			for _, names := range eventViewerColumns {
				if more && string(bytes.Trim(first, `"`)) == names[0] && string(bytes.Trim(second, `"`)) == names[1] {
					return true
				}
			}
		}
	}
	return false
}

// refuseEventViewerCSV reads nothing, and says why and what helps.
func refuseEventViewerCSV(c *collector, in content) error {
	if _, err := io.Copy(io.Discard, in.stream); err != nil {
		return err
	}
	c.lost("Event Viewer's CSV is not read: its text is in the machine's language, its times have no zone, and it has no record ids. Save the same events as .evtx or XML.")
	return nil
}
