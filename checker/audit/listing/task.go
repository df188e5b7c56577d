package listing

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// schtasks /query /xml ONE is one XML document: <Tasks>, and before each <Task> a
// comment with its path. schtasks /query /xml is one document after the other, each
// with its own declaration, which no XML reader takes as a whole; here they are read
// one after the other. (Microsoft's schtasks page; Task Scheduler schema 1.2.)
//
// Limits. The declaration may say UTF-16 though the console wrote another encoding:
// it is not believed. Tasks that the user may not read are left out by schtasks, so
// an administrator's list is longer; the list counts as complete if tasks of Windows
// itself are in it. A Task exported alone is known by its URI.

// taskFacts are the elements that are kept, by their path below Task.
var taskFacts = map[string]string{
	"RegistrationInfo/Author": "author", "RegistrationInfo/URI": "uri", "RegistrationInfo/Date": "registered",
	"Principals/Principal/UserId": "runs as", "Principals/Principal/GroupId": "runs as group",
	"Principals/Principal/RunLevel": "run level", "Settings/Enabled": "enabled", "Settings/Hidden": "hidden",
	"Actions/Exec/Command": "command", "Actions/Exec/Arguments": "arguments",
	"Actions/ComHandler/ClassId": "class",
}

// taskReader holds a task while it is read.
type taskReader struct {
	path  []string // elements below Task
	in    bool
	facts map[string][]string
	start int64
	name  string // of the comment before it
}

func (r *reader) tasks(s section) {
	r.format("schtasks /xml")
	text := s.text()
	pos := positions(text)
	dec := xml.NewDecoder(strings.NewReader(text))
	dec.Strict = false
	dec.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	var t taskReader
	windows, depth := false, 0
	for {
		start := dec.InputOffset()
		tok, err := dec.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil && depth > mostNesting {
			err = fmt.Errorf("nested more than %d deep", mostNesting)
		}
		if err != nil {
			at := min(pos.line(int(dec.InputOffset())), len(s.lines))
			r.lost(s.lines[at-1].no, "the XML is not whole or not right after this: "+err.Error())
			break
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			depth++
			t.open(tok.Name.Local, start)
		case xml.EndElement:
			depth--
			if t.close(tok.Name.Local) {
				at := s.lines[min(pos.line(int(t.start)), len(s.lines))-1]
				windows = r.task(t, r.take(at)) || windows
				t = taskReader{}
			}
		case xml.CharData:
			t.text(string(tok))
		case xml.Comment:
			if !t.in {
				t.name = strings.TrimSpace(string(tok))
			}
		}
	}
	if t.in {
		r.lost(s.lines[min(pos.line(int(t.start)), len(s.lines))-1].no, "the last task is cut")
	}
	for _, l := range s.lines {
		r.take(l)
	}
	if windows {
		r.cover(Coverage{Kind: Task, Origin: r.take(s.lines[0])})
	}
}

func (t *taskReader) open(name string, start int64) {
	if !t.in {
		if name == "Task" {
			t.in, t.start, t.path, t.facts = true, start, nil, map[string][]string{}
		}
		return
	}
	t.path = append(t.path, name)
	if len(t.path) == 2 && t.path[0] == "Triggers" {
		t.facts["triggers"] = append(t.facts["triggers"], name)
	}
}

// close ends an element and reports whether it was the task.
func (t *taskReader) close(name string) bool {
	if !t.in {
		return false
	}
	if len(t.path) == 0 {
		return name == "Task"
	}
	t.path = t.path[:len(t.path)-1]
	return false
}

func (t *taskReader) text(s string) {
	s = strings.TrimSpace(s)
	if !t.in || s == "" {
		return
	}
	if name := taskFacts[strings.Join(t.path, "/")]; name != "" {
		t.facts[name] = append(t.facts[name], s)
	}
}

// task keeps a task and reports whether it is one of Windows itself.
func (r *reader) task(t taskReader, origin Origin) bool {
	name := t.name
	if uri := strings.Join(t.facts["uri"], ""); name == "" {
		name = uri
	}
	if name == "" {
		r.lose(origin.Line, "a task without a name")
		return false
	}
	e := Entity{Kind: Task, Name: name, Origin: origin}
	for fact, values := range t.facts {
		e.Facts = append(e.Facts, facts(origin, fact, strings.Join(values, "; "))...)
	}
	r.add(e)
	return strings.HasPrefix(fold(name), `\microsoft\windows\`)
}
