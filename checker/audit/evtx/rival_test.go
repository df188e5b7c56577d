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

// TestAgainstEvtxexport compares the events of the corpus with what libevtx'
// evtxexport writes as XML, where that is installed: every record if JOBUN_EVERY is
// set, else every tenth and all in small logs.
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
					id, lines := rivalLines(t, text[from:])
					want[id] = lines
				}
			}
			seen := 0
			stats, err := readFile(file, func(e *Event) error {
				w, ok := want[fmt.Sprint(e.RecordID)]
				if !ok {
					return nil
				}
				seen++
				got := eventLines(e)
				if strings.Contains(got, "\ufffd") {
					return nil // Sysmon's uninitialised strings: half surrogates, which each reader mends in its way.
				}
				if got != w {
					t.Errorf("record %d:\ngot  %s\nwant %s", e.RecordID, differing(got, w), differing(w, got))
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

// lines collects what an event says, a name and a value each, but for what is empty or
// 0, which the two readers do not always tell from what is not there.
type lines struct{ strings.Builder }

func (l *lines) put(name, value string) {
	if value = plain(value); value != "" && value != "0" && value != "0x0" {
		fmt.Fprintf(l, "%s=%q\n", name, value)
	}
}

// eventLines gives the lines of an event.
func eventLines(e *Event) string {
	var l lines
	l.put("Provider@Name", e.Provider)
	l.put("Provider@Guid", e.ProviderGUID)
	l.put("Provider@EventSourceName", e.SourceName)
	l.put("EventID@Qualifiers", fmt.Sprint(e.Qualifiers))
	for _, f := range []struct {
		name  string
		value any
	}{
		{"EventID", e.EventID}, {"Version", e.Version}, {"Level", e.Level}, {"Task", e.Task}, {"Opcode", e.Opcode},
		{"Keywords", fmt.Sprintf("0x%x", e.Keywords)},
		{"TimeCreated@SystemTime", e.Time.Format("2006-01-02T15:04:05.0000000Z")}, {"EventRecordID", e.RecordID},
		{"Correlation@ActivityID", e.ActivityID}, {"Correlation@RelatedActivityID", e.RelatedActivityID},
		{"Execution@ProcessID", e.ProcessID}, {"Execution@ThreadID", e.ThreadID},
		{"Channel", e.Channel}, {"Computer", e.Computer}, {"Security@UserID", e.UserID},
		{"section", e.Section}, {"data", e.DataName},
	} {
		l.put(f.name, fmt.Sprint(f.value))
	}
	for _, f := range e.Data {
		l.put("."+f.Name, f.Value)
	}
	return l.String()
}

// xmlNode is an element, or, without a name, text.
type xmlNode struct {
	XMLName  xml.Name
	Attrs    []xml.Attr
	Children []*xmlNode
	Text     string
}

// rivalLines gives the record id of an event's XML, and its lines as the package
// comment lays an event out.
func rivalLines(t *testing.T, text []byte) (id, all string) {
	root := rivalTree(text)
	if root == nil {
		t.Fatalf("evtxexport writes %s", text)
	}
	system := map[string]string{}
	var section *xmlNode
	for _, c := range root.Children {
		switch c.XMLName.Local {
		case "System":
			for _, f := range c.Children {
				system[f.XMLName.Local] = f.content()
				for _, a := range f.Attrs {
					system[f.XMLName.Local+"@"+a.Name.Local] = a.Value
				}
			}
		case "", "RenderingInfo":
		default:
			if section == nil {
				section = c
			}
		}
	}
	var l lines
	for _, name := range []string{"Provider@Name", "Provider@Guid", "Provider@EventSourceName", "EventID@Qualifiers", "EventID", "Version", "Level",
		"Task", "Opcode", "Keywords", "TimeCreated@SystemTime", "EventRecordID", "Correlation@ActivityID", "Correlation@RelatedActivityID",
		"Execution@ProcessID", "Execution@ThreadID", "Channel", "Computer", "Security@UserID"} {
		l.put(name, system[name])
	}
	if section != nil {
		section.section(&l)
	}
	return system["EventRecordID"], l.String()
}

// rivalTree reads XML that is not always well formed.
func rivalTree(text []byte) (root *xmlNode) {
	dec := xml.NewDecoder(bytes.NewReader(text))
	dec.Strict = false
	var open []*xmlNode
	add := func(n *xmlNode) {
		if len(open) > 0 {
			top := open[len(open)-1]
			top.Children = append(top.Children, n)
		}
	}
	for {
		token, err := dec.Token()
		if err != nil {
			return root
		}
		switch token := token.(type) {
		case xml.StartElement:
			n := &xmlNode{XMLName: token.Name, Attrs: token.Attr}
			if add(n); root == nil {
				root = n
			}
			open = append(open, n)
		case xml.CharData:
			add(&xmlNode{Text: string(token)})
		case xml.EndElement:
			open = open[:max(0, len(open)-1)]
		}
	}
}

// section writes the lines of EventData, UserData or another section.
func (n *xmlNode) section(l *lines) {
	name := n.XMLName.Local
	l.put("section", name)
	switch name {
	case "EventData":
		for _, a := range n.Attrs {
			if a.Name.Local == "Name" {
				l.put("data", a.Value)
			}
		}
	case "UserData":
		for _, c := range n.Children {
			if c.XMLName.Local != "" {
				l.put("data", c.XMLName.Local)
				break
			}
		}
	}
	for _, c := range n.Children {
		c.field(l, name, name == "EventData")
	}
}

// field writes the lines of an element, or of text in the one of a name.
func (n *xmlNode) field(l *lines, within string, data bool) {
	name := n.XMLName.Local
	if name == "" {
		l.put("."+within, n.Text)
		return
	}
	element := name
	if data && name == "Data" {
		name = ""
	}
	for _, a := range n.Attrs {
		switch {
		case a.Name.Local == "xmlns" || a.Name.Space == "xmlns":
		case data && a.Name.Local == "Name":
			name = a.Value
		default:
			l.put("."+element+"@"+a.Name.Local, a.Value)
		}
	}
	for _, c := range n.Children {
		if c.XMLName.Local != "" {
			for _, c := range n.Children {
				c.field(l, name, false)
			}
			return
		}
	}
	l.put("."+name, n.content())
}

// content is the text in an element.
func (n *xmlNode) content() string {
	text := ""
	for _, c := range n.Children {
		text += c.Text
	}
	return text
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
