package evtx

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestAgainstEvtxexport compares the XML of the records of the corpus with what
// libevtx' evtxexport makes of it, where that is installed: of every record if
// JOBUN_EVERY is set, else of every tenth and of all in small logs.
func TestAgainstEvtxexport(t *testing.T) {
	if testing.Short() {
		t.Skip("NOT TESTED: evtxexport is slow")
	}
	rival, every := evtxexport(t), os.Getenv("JOBUN_EVERY") != ""
	for _, file := range corpus(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			out, err := exec.Command(rival, "-f", "xml", file).Output()
			if err != nil {
				t.Skipf("evtxexport: %v", err)
			}
			want, n := map[string]string{}, 0 // by EventRecordID
			for _, text := range bytes.SplitAfter(out, []byte("</Event>\n")) {
				from := bytes.Index(text, []byte("<Event "))
				if n++; from >= 0 && (every || n < 50 || n%10 == 0) {
					id, flat := flatten(text[from:])
					want[id] = flat
				}
			}
			seen := 0
			stats, err := readFile(file, func(e *Event) error {
				var b bytes.Buffer
				if err := e.XML(&b); err != nil {
					t.Errorf("record %d: %v", e.RecordID, err)
				}
				w, ok := want[fmt.Sprint(e.RecordID)]
				if !ok {
					return nil
				}
				seen++
				id, got := flatten(b.Bytes())
				if id != fmt.Sprint(e.RecordID) {
					t.Errorf("record %d: its XML says %s", e.RecordID, id)
				}
				if strings.Contains(got, "\ufffd") {
					return nil // Sysmon's uninitialised strings: half surrogates, which each reader mends in its way.
				}
				if got != w {
					t.Errorf("record %s:\ngot  %s\nwant %s", id, differing(got, w), differing(w, got))
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if seen < len(want) {
				t.Errorf("evtxexport gives %d records; %d of them were read (%d in all)", len(want), seen, stats.Records)
			}
		})
	}
}

func evtxexport(t testing.TB) string {
	rival, err := exec.LookPath("evtxexport")
	if err != nil {
		t.Skip("NOT TESTED: evtxexport is not installed (apt-get install libevtx-utils)")
	}
	return rival
}

var (
	padding  = regexp.MustCompile(`^0x0+([0-9a-f])`)
	fraction = regexp.MustCompile(`\.(\d*?)0*Z$`)
)

// flatten gives the record id of an event's XML and all of it as lines of
// names and values, in a form that passes over the known differences: the
// rival pads hex numbers and writes nine digits after the second.
func flatten(text []byte) (id, flat string) {
	dec := xml.NewDecoder(bytes.NewReader(text))
	dec.Strict = false
	var b strings.Builder
	var path []string
	value := ""
	for {
		token, err := dec.Token()
		if err != nil {
			break
		}
		switch token := token.(type) {
		case xml.StartElement:
			path = append(path, token.Name.Local)
			fmt.Fprintf(&b, "<%s>\n", token.Name.Local)
			for _, a := range token.Attr {
				if a.Name.Local != "xmlns" && a.Name.Space != "xmlns" {
					fmt.Fprintf(&b, " @%s=%q\n", a.Name.Local, plain(a.Value))
				}
			}
			value = ""
		case xml.CharData:
			value += string(token)
		case xml.EndElement:
			if value = plain(value); value != "" {
				fmt.Fprintf(&b, " %q\n", value)
			}
			if len(path) > 0 && path[len(path)-1] == "EventRecordID" {
				id = value
			}
			path, value = path[:max(0, len(path)-1)], ""
			b.WriteString("/\n")
		}
	}
	return id, b.String()
}

func plain(value string) string {
	value = strings.TrimSpace(strings.ReplaceAll(value, "\r\n", "\n"))
	value = padding.ReplaceAllString(value, "0x$1")
	return fraction.ReplaceAllString(value, ".${1}Z")
}

// differing gives the lines around the first that a and b do not share.
func differing(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	i := 0
	for i < len(x) && i < len(y) && x[i] == y[i] {
		i++
	}
	return fmt.Sprint(x[max(0, i-2):min(len(x), i+2)])
}
