package observe

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"

	"jobun/checker/audit/evtx"
	"jobun/checker/audit/listing"
	"jobun/internal/crash"
)

// format is one format of evidence: its name, how its content is known, and how it is
// read.
type format struct {
	name string
	is   func(head []byte) bool
	read func(c *collector, in content) error
}

// formats is every format there is, in the order in which they are tried. A new one
// is a reader and a line here.
func formats() []format {
	return []format{
		{"gzip", startsWith("\x1f\x8b"), readGzip},
		{"zip", startsWith("PK\x03\x04"), readZip},
		{"tar", isTar, readTar},
		{"evtx", isEVTX, readEVTX},
		{"event XML", isEventXML, func(c *collector, in content) error { c.readXML(in.stream); return nil }},
		{"event JSON lines", isEventJSON, func(c *collector, in content) error { c.readJSON(in.stream); return nil }},
		{"event JSON lines of syslog", isSyslogJSON, func(c *collector, in content) error { c.readJSON(in.stream); return nil }},
		{"Hayabusa CSV", isTimeline, func(c *collector, in content) error { return c.readTimeline(in.stream) }},
		{"EvtxECmd CSV", hasColumns("EventRecordId", "EventId", "Channel", "Payload"), func(c *collector, in content) error { return c.readEvtxECmd(in.stream) }},
		{"Event Viewer CSV", isEventViewerCSV, refuseEventViewerCSV},
		{"Procmon CSV", hasColumns("Process Name", "PID", "Operation", "Path", "Result", "Detail"), func(c *collector, in content) error { return c.readProcmon(in.stream) }},
		{"Regshot", isRegshot, func(c *collector, in content) error { return c.readRegshot(in.stream) }},
		{"osquery results", isOsquery, func(c *collector, in content) error { return c.readOsquery(in.stream) }},
		{"Attack Surface Analyzer", isASA, func(c *collector, in content) error { return c.readASA(in.stream) }},
		{"Attack Surface Analyzer SARIF", isASASARIF, func(c *collector, in content) error { return c.readASASARIF(in.stream) }},
		{"VirusTotal behaviour", isVirusTotal, func(c *collector, in content) error { return c.readVirusTotal(in.stream) }},
		{"CAPE report", isCAPE, func(c *collector, in content) error { return c.readCAPE(in.stream) }},
		{"event JSON", isEventJSONDocument, func(c *collector, in content) error { return c.readJSONDocuments(in.stream) }},
		{"listing", isListing, readListing},
	}
}

// headSize is how much of a file is looked at to know what it is.
const headSize = 64 << 10

// content is what is in a file or a member of an archive.
type content struct {
	stream io.Reader
	at     io.ReaderAt // of a file; nil for a member
	size   int64       // -1 if not known
	name   string
	depth  int // how many archives it lies in
}

func startsWith(magic string) func([]byte) bool {
	return func(head []byte) bool { return bytes.HasPrefix(head, []byte(magic)) }
}

func isTar(head []byte) bool { return len(head) >= 262 && string(head[257:262]) == "ustar" }

func isEVTX(head []byte) bool {
	return bytes.HasPrefix(head, []byte("ElfFile\x00")) || len(head) >= 4104 && string(head[4096:4104]) == "ElfChnk\x00"
}

// plainHead is the beginning of a text in UTF-8.
func plainHead(head []byte) []byte {
	text, _ := io.ReadAll(utf8Reader(bytes.NewReader(head)))
	return bytes.TrimLeft(text, " \t\r\n")
}

// isEventXML knows the XML of events, also as evtx_dump writes it, and as it is copied from
// a view that folds elements: with a dash before each that can be folded.
func isEventXML(head []byte) bool {
	text := bytes.TrimPrefix(withoutCount(plainHead(head)), []byte("- "))
	return bytes.HasPrefix(text, []byte("<")) && eventElement.Match(text)
}

// withoutCount takes off the line "Record 1" that evtx_dump writes before each event.
func withoutCount(text []byte) []byte {
	return bytes.TrimLeft(recordCount.ReplaceAll(text, nil), " \t\r\n")
}

var recordCount = regexp.MustCompile(`\ARecord [0-9]{1,20}\r?\n`)

var eventElement = regexp.MustCompile(`<([A-Za-z_][A-Za-z0-9_.-]*:)?Events?[\s>]`)

// isEventJSON knows a line of JSON that says which Windows event it is. A first line
// longer than the head is known by its names.
func isEventJSON(head []byte) bool {
	text := plainHead(head)
	if !bytes.HasPrefix(text, []byte("{")) {
		return false
	}
	first, _, _ := bytes.Cut(text, []byte("\n"))
	isSpread := len(bytes.TrimSpace(first)) == 1 // a bracket alone: a value over several lines
	if isSpread || !namesEvents(text) || !bytes.Contains(text, []byte("\n{")) && !oneLine(text) {
		return false
	}
	_, _, isList := listOfEvents(text)
	return !isList
}

// isSyslogJSON knows events that a collector sent as syslog, each behind its header.
func isSyslogJSON(head []byte) bool {
	text := plainHead(head)
	return syslogHeader.Match(text) && namesEvents(text)
}

// syslogHeader is what stands before the message, of RFC 3164 or RFC 5424, with the
// priority or without.
var syslogHeader = regexp.MustCompile(`\A(<[0-9]{1,3}>(1 )?|[A-Z][a-z]{2} [ 0-9][0-9] [0-9]{2}:[0-9]{2}:[0-9]{2} )[^{\n]{1,256}\{`)

// namesEvents reports whether a text of JSON has the names that events have.
func namesEvents(text []byte) bool {
	for _, names := range eventNames {
		if bytes.Contains(text, []byte(names[0])) && bytes.Contains(text, []byte(names[1])) {
			return true
		}
	}
	return false
}

// eventNames are pairs of names by which each shape of jsonshape.go is known.
var eventNames = [][2]string{
	{`"EventID"`, `"Channel"`}, {`"EventID"`, `"SourceName"`}, {`"EventID"`, `"ProviderName"`}, {`"EventID"`, `"EventSourceName"`},
	{`"event_id"`, `"log_name"`}, {`"event_id"`, `"channel"`}, {`"EventId"`, `"Channel"`}, {`"EventCode"`, `"LogName"`}, {`"EventCode"`, `"Channel"`},
	{`"winlog"`, `"event_id"`}, {`"winlog"`, `"channel"`}, {`"winlog.channel"`, `"winlog.event_id"`},
	{`"Event"`, `"System"`}, {`"System"`, `"EventData"`}, {`"eventID"`, `"providerName"`}, {`"_raw"`, `<Event`},
}

// oneLine reports whether the first line holds a whole value, or more than the head.
func oneLine(text []byte) bool {
	line, _, ended := bytes.Cut(text, []byte("\n"))
	return !ended || bytes.HasSuffix(bytes.TrimSpace(line), []byte("}"))
}

func isListing(head []byte) bool {
	text := plainHead(head)
	if bytes.HasPrefix(text, []byte("<")) && !taskElement.Match(text) {
		return false // XML of another kind
	}
	s := listing.Read("", head)
	return len(s.Files) == 1 && len(s.Files[0].Formats) > 0
}

// taskElement begins what schtasks /xml lists.
var taskElement = regexp.MustCompile(`<Tasks?[\s>]`)

func readEVTX(c *collector, in content) error {
	at, size, done, err := in.whole(c.ctx)
	if err != nil {
		return err
	}
	defer done()
	stats, err := evtx.ReadAhead(at, size, workers(), func(e *evtx.Event) error {
		c.event(&event{Event: e})
		return nil
	})
	if err != nil {
		return err
	}
	c.source.Bad += stats.Skipped
	c.source.Bytes += stats.BytesLost + stats.BytesMissing
	if stats.Skipped > 0 || stats.BytesLost > 0 || stats.BytesMissing > 0 {
		c.lost(fmt.Sprintf("%d records left out as damaged, %d bytes lost, %d bytes cut off", stats.Skipped, stats.BytesLost, stats.BytesMissing))
	}
	if stats.Records == 0 && stats.ProblemCount > 0 {
		c.lost("no record was read of a log that is not as it should be")
	}
	if stats.Chunks < stats.StatedChunks {
		c.lost(fmt.Sprintf("the log states %d chunks of records; %d are in the file", stats.StatedChunks, stats.Chunks))
	}
	if stats.Dirty {
		c.note("the header is marked dirty: Windows had not closed the log when it was copied")
	}
	if stats.Unverified > 0 {
		c.note(fmt.Sprintf("%d records that no checksum vouches for, as in a log copied while it was open", stats.Unverified))
	}
	for _, p := range stats.Problems[:min(len(stats.Problems), 5)] {
		c.note(p.String())
	}
	return nil
}

// whole gives a content that can be read from any place: the file itself, or a
// temporary copy of a member of an archive, which done removes.
func (in content) whole(ctx context.Context) (at io.ReaderAt, size int64, done func(), err error) {
	if in.at != nil {
		return in.at, in.size, func() {}, nil
	}
	f, size, err := spool(in.stream)
	if err != nil {
		return nil, 0, nil, err
	}
	return metered{f.File, nil, ctx}, size, func() { _ = f.Close() }, nil
}

// spool keeps a member in a file of its own, which is gone when it is closed.
func spool(r io.Reader) (*temporary, int64, error) {
	f, err := os.CreateTemp("", "jobun-observe-")
	if err != nil {
		return nil, 0, err
	}
	n, err := io.Copy(f, r)
	if err != nil {
		f.Close()
		os.Remove(f.Name())
		return nil, 0, err
	}
	return &temporary{f}, n, nil
}

type temporary struct{ *os.File }

func (t *temporary) Close() error {
	err := t.File.Close()
	return errors.Join(err, os.Remove(t.Name()))
}

// readFile reads one file of the evidence, whatever it is.
func readFile(o Options, in input) *reading {
	r := newReading(in.name, o.Subject)
	defer r.remarked()
	r.source.named = in.named
	c := newCollector(r, o)
	f, err := openRegular(in.name)
	if err != nil {
		c.lost("read: " + plainError(err))
		return r
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		c.lost("read: " + plainError(err))
		return r
	}
	r.source.Size = info.Size()
	c.meter = o.Meter
	// The file is hashed while it is read, and only as much as there was at the beginning.
	// Both are of the same bytes unless somebody writes to it meanwhile, which is said.
	sum, hashed := sha256.New(), make(chan struct{})
	var panicked *crash.Panic
	var notHashed error
	go func() {
		defer close(hashed)
		panicked = crash.In(func() {
			var n int64
			n, notHashed = io.Copy(sum, io.NewSectionReader(metered{f, nil, c.ctx}, 0, info.Size()))
			if notHashed == nil && n < info.Size() {
				notHashed = io.ErrUnexpectedEOF
			}
		})
	}()
	counted := metered{f, o.Meter, c.ctx}
	err = c.read(content{stream: io.LimitReader(counted, info.Size()), at: counted, size: info.Size(), name: in.name}, newBudget(max(1<<30, 250*info.Size())))
	if err != nil {
		c.lost("read: " + plainError(err))
	}
	<-hashed
	panicked.Again()
	if notHashed != nil {
		c.lost("hash: " + plainError(notHashed))
		r.source.Format = "" // What has no hash is no exhibit, and nothing is seen in it.
		r.source.Left += len(r.seen) + len(r.matters)
		r.seen, r.matters = nil, nil
		return r
	}
	r.source.SHA256 = hex.EncodeToString(sum.Sum(nil))
	if now, err := f.Stat(); err != nil || now.Size() != info.Size() || !now.ModTime().Equal(info.ModTime()) {
		c.lost("the file changed while it was read: hash and records may be of different states")
	}
	if !c.known && r.source.Read == 0 {
		r.source.Format = ""
	}
	if r.source.Format == "" {
		r.source.Partial = r.source.Partial || in.named
		c.note("not a format that is known here: nothing was read of it")
	}
	r.inOrder()
	if r.tree.full {
		c.note("more processes of the subject than are followed")
	}
	return r
}

// openRegular opens a file that is one: a pipe would wait for ever.
func openRegular(name string) (*os.File, error) {
	if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() {
		if err == nil {
			err = errors.New("not a regular file")
		}
		return nil, err
	}
	return os.Open(name)
}

// plainError is an error without the path, which the source has already.
func plainError(err error) string {
	var p *os.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return cut(err.Error(), 200)
}

// read recognises what is in a file and reads it. The collector's budget is kept for
// what archives unpack to.
func (c *collector) read(in content, left *budget) error {
	b := bufio.NewReaderSize(in.stream, headSize)
	head, err := b.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) && len(head) == 0 {
		return err
	}
	in.stream = b
	for _, f := range formats() {
		if !f.is(head) {
			continue
		}
		c.format(f.name)
		c.known = c.known || !slices.Contains([]string{"gzip", "zip", "tar"}, f.name)
		c.budget = left
		return f.read(c, in)
	}
	if c.member != "" {
		c.count("members of the archive in formats that are not known here")
	}
	return nil
}

// format notes what a file or its members are.
func (c *collector) format(name string) {
	for _, known := range strings.Split(c.source.Format, " + ") {
		if known == name {
			return
		}
	}
	if c.source.Format != "" {
		name = c.source.Format + " + " + name
	}
	c.source.Format = name
}
