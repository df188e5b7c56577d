package observe

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jobun/checker/audit"
	"jobun/internal/source"
)

// record is a synthetic event: the test's words for the XML that Windows writes.
type record struct {
	log      string // security, sysmon, system, firewall, msi or another provider
	id       int
	record   int
	at       string // a time of 2024-05-01; "" is ten o'clock
	computer string
	data     []string // names and values, one after the other
}

func (r record) xml() string {
	provider, channel := r.log, "Application"
	switch r.log {
	case "security":
		provider, channel = "Microsoft-Windows-Security-Auditing", "Security"
	case "sysmon":
		provider, channel = "Microsoft-Windows-Sysmon", "Microsoft-Windows-Sysmon/Operational"
	case "system":
		provider, channel = "Service Control Manager", "System"
	case "firewall":
		provider, channel = "Microsoft-Windows-Windows Firewall With Advanced Security", "Microsoft-Windows-Windows Firewall With Advanced Security/Firewall"
	case "eventlog":
		provider, channel = "Microsoft-Windows-Eventlog", "Security"
	}
	if r.at == "" {
		r.at = "10:00:00"
	}
	if r.computer == "" {
		r.computer = "PC"
	}
	if r.record == 0 {
		r.record = 5000
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="%s"/><EventID>%d</EventID><TimeCreated SystemTime="2024-05-01T%sZ"/><EventRecordID>%d</EventRecordID><Channel>%s</Channel><Computer>%s</Computer><Security/></System><EventData>`,
		provider, r.id, r.at, r.record, channel, r.computer)
	for i := 0; i+1 < len(r.data); i += 2 {
		name := ""
		if r.data[i] != "" {
			name = ` Name="` + r.data[i] + `"`
		}
		fmt.Fprintf(&b, "<Data%s>", name)
		xml.EscapeText(&b, []byte(r.data[i+1]))
		b.WriteString("</Data>")
	}
	b.WriteString("</EventData></Event>\n")
	return b.String()
}

func events(records ...record) string {
	var b strings.Builder
	for _, r := range records {
		b.WriteString(r.xml())
	}
	return b.String()
}

// file writes a file of the test's and gives its name.
func file(t testing.TB, name string, text []byte) string {
	t.Helper()
	name = filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(name, text, 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

// run reads files and checks what must hold of every report: that it can be read
// back, and is the same then.
func run(t testing.TB, subject []string, paths ...string) *Result {
	t.Helper()
	s, err := ParseSubject(subject)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Run(Options{Paths: paths, Subject: s, Tool: "jobun test"})
	if err != nil {
		t.Fatal(err)
	}
	readsBack(t, r.Report)
	size := int64(0)
	for _, source := range r.Sources {
		size += source.Size
	}
	if size < 1<<20 { // of larger ones TestNotesOfCorpusAreInJapanese has enough
		if ja, en := lines(inJapanese(t, Options{Paths: paths, Subject: s}).Report), lines(r.Report); ja != en {
			t.Errorf("in Japanese other things are observed:\n%s\n---\n%s", ja, en)
		}
	}
	return r
}

// observed writes the observations of synthetic events, one a line: action, target,
// group, whom it is attributed to and why.
func observed(t testing.TB, subject []string, records ...record) string {
	t.Helper()
	return lines(run(t, subject, file(t, "log.xml", []byte(events(records...)))).Report)
}

func lines(r *audit.Report) string {
	var all []string
	for _, o := range r.Observed {
		line := o.Action + " " + o.Target
		if o.Group != "" {
			line += " " + o.Group
		}
		if a := o.Attribution; a != nil {
			line += " [" + a.To + " " + a.Basis + "]"
		}
		all = append(all, line)
	}
	return strings.Join(all, "\n")
}

// readsBack checks that audit.Read gives the same report.
func readsBack(t testing.TB, r *audit.Report) {
	t.Helper()
	var first, second bytes.Buffer
	if err := WriteTOML(&first, r); err != nil {
		t.Fatal(err)
	}
	back, problems := audit.Read(source.File{Name: "report.toml", Text: first.Bytes()})
	if len(problems) > 0 {
		t.Fatalf("the report cannot be read back: %v\n%s", problems, first.String())
	}
	if err := WriteTOML(&second, back); err != nil {
		t.Fatal(err)
	}
	if first.String() != second.String() {
		t.Fatalf("the report is another when it is read back:\n%s\n---\n%s", first.String(), second.String())
	}
}
