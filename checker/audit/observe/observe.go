// Package observe reads raw evidence and makes of it an audit report that a
// person completes: event logs (EVTX, XML, JSON lines), and folders of listings
// made before and after.
//
// # What it keeps
//
// A log says much that changes nothing. Kept are the events that make, change or
// take away an account, a membership, a right, a service, a task, a firewall
// rule, an access list, an autostart or a known setting; and of the software
// under audit, if it is named, also its processes, files, keys and connections.
// What is read and not kept is counted, by what it was. Reading (icacls path,
// net user x) is never a change, and a command is never its success.
//
// # Who did it
//
// An act is attributed to the software only by its process (found by image, hash,
// signer, or descent from such a process), by the command with which such a process
// asked for it by name (commands.go, named.go), and to another only where the record
// itself names Windows setup. Time alone never attributes. Everything else has no
// attribution: unknown; and so has what a name alone ties to the software if any record
// shows that image with another hash (hashes.go), or a process id over a record that is
// missing (sequence.go).
//
// # Formats, with their sources
//
// Package evtx describes .evtx, package listing the listings. The XML of events is
// Microsoft's event schema (win32_tt, namespace …/2004/08/events/event), as wevtutil
// /f:xml and Event Viewer write it. JSON lines are Winlogbeat's (version 6: log_name,
// event_data; from 7: winlog.*, Elastic Common Schema, also with dotted names and as
// hits of Elasticsearch), NXLog's, Sentinel's and others' flat shape (Channel, EventID,
// the data beside them or in a text of XML or JSON, as EvtxECmd writes), evtx_dump's and
// converters' {"Event":…}, Velociraptor's, Wazuh's, OpenTelemetry's, and Splunk's with
// the XML in _raw: jsonshape.go has the names, and jsonshape_test.go one event in each.
// Real files were to be had of NXLog's, Winlogbeat's and evtx_dump's alone; the others
// are as their documentation describes them. Data that are positional (Get-WinEvent's
// Properties, Fluent Bit's StringInserts) are not read: nothing says which value is which.
// The same events may be one to a line, in an array, or spread over lines (jsondocs.go).
// Field names of events are those of Microsoft's documentation of each event.
// The files cape.go, procmon.go, virustotal.go, asa.go, regshot.go, osquery.go,
// hayabusa.go and evtxecmd.go each describe their format: what is taken, and what cannot be told.
//
// # Language
//
// What is found is said in English by the readers, and in Japanese by words_ja.go, a table
// of the same sentences. What a record says is never translated: names, values, excerpts,
// places and the words for a time.
//
// # Processors
//
// Several files are read at a time; of one .evtx its chunks, and of one XML its events,
// which one goroutine cuts out and the others parse. One file of JSON is read by one
// processor: where a value ends is known only by reading all before it, and that is most
// of the work (lines are read at several hundred MB/s). The reports that CAPE, VirusTotal
// and Attack Surface Analyzer write are one JSON value, and what a call means depends on
// the processes before it. What is kept is decided in the order of the file, always.
//
// # Limits
//
// An event has at most 4 MiB of XML or 16 MiB of JSON; a folder 20,000 files; an
// archive 10,000 members, two archives deep; unpacked it may be 250 times its size,
// and always 1 GiB. Of one file 20,000 observations of the subject's own acts are
// kept and 20,000 others, of one action on one thing the first 10 and the last 10 of
// each, and of a report 20,000 and 9 MiB, the subject's first. What is beyond a limit is counted and said.
package observe

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"jobun/checker/audit"
	"jobun/internal/crash"
)

// Options say what to read and how.
type Options struct {
	Paths         []string // files, folders and globs
	Before, After string   // folders of listings; both or neither
	Subject       Subject
	Role          string // scene or reproduction; "" is scene
	Base          string // the folder of the report, to which exhibits' files are relative; "" is the current one
	Tool          string // name and version, for the custody of the exhibits
	Lang          string // of the notes: ja, or else English
	// Literal is told of every event of a kind that the shared labels count, also of
	// those that are not kept. It is called from one goroutine, in the order of the
	// files. Nil: nobody asks.
	Literal func(Literal)
	// Meter is counted up while files are read. Nil: nobody asks.
	Meter *Meter
	// Context ends the reading early: nothing is reported then, and nothing stays behind.
	// Nil: nobody ends it.
	Context context.Context
}

func (o *Options) context() context.Context {
	if o.Context == nil {
		return context.Background()
	}
	return o.Context
}

// Literal is one event in the vocabulary of the shared labels: what the record says,
// whoever did it and whether or not it matters.
type Literal struct {
	Name     string
	File     string
	RecordID uint64 // 0 if the record has none
	Line     int    // 0 in .evtx
	By       string // the acting SID, if the record states it
}

// Source is what became of one file of the evidence.
type Source struct {
	Exhibit string
	File    string // as given; members of archives as archive!member
	Format  string // "" if not recognised
	SHA256  string
	Size    int64
	Read    int   // records or lines read
	Kept    int   // observations in the report
	Bad     int   // records not understood, or left out as damaged
	Bytes   int64 // bytes known to be lost
	Left    int   // observations for which the report has no room
	Partial bool  // something could not be read
	Notes   []string
	named   bool // named by the user, not found in a folder
}

// Result is a report and what was read for it.
type Result struct {
	Report  *audit.Report
	Sources []Source
	// Partial is true if any source was not read to its end, or if the report does not
	// have all observations.
	Partial bool
	// Machines are the computers that the observations are of, in small letters.
	Machines []string
}

// Nothing reports whether no file was in a format that is read.
func (r *Result) Nothing() bool {
	return !slices.ContainsFunc(r.Sources, func(s Source) bool { return s.Format != "" })
}

// Run reads the evidence. An error means that nothing can be reported at all; damage
// and unknown files are in the sources.
func Run(o Options) (*Result, error) {
	if (o.Before == "") != (o.After == "") {
		return nil, errors.New("a comparison needs both a folder before and one after")
	}
	files, err := expand(o.Paths)
	if err != nil {
		return nil, err
	}
	if len(files) == 0 && o.Before == "" {
		return nil, errors.New("no evidence is named")
	}
	o.Meter.weigh(files)
	b := newBuilder(o)
	inTurn(len(files), func(i int) *reading { return readInput(o, files[i]) }, b.add)
	if o.Before != "" {
		if err := b.compare(o.Before, o.After); err != nil {
			return nil, err
		}
	}
	if err := o.context().Err(); err != nil {
		return nil, err
	}
	return b.result(), nil
}

// inTurn makes so many readings, several at a time, and gives them to take in their
// order, in the goroutine that called it. Few are ahead of the one that is waited for: each
// holds all that its file gave.
func inTurn(count int, read func(i int) *reading, take func(*reading)) {
	type turn struct {
		made   *reading
		failed *crash.Panic
		done   chan struct{}
	}
	turns, room := make(chan *turn, 2*workers()), make(chan struct{}, workers())
	go func() {
		defer close(turns)
		for i := range count {
			t := &turn{done: make(chan struct{})}
			turns <- t
			room <- struct{}{}
			go func() {
				defer func() { <-room; close(t.done) }()
				t.failed = crash.In(func() { t.made = read(i) })
			}()
		}
	}()
	for t := range turns {
		<-t.done
		t.failed.Again()
		take(t.made)
	}
}

// workers is how many files are read at a time, and how many chunks of a log. What is
// in memory grows with it, so there are never many.
func workers() int { return max(1, min(runtime.GOMAXPROCS(0), 4)) }

// input is a file to read, or what stands in a folder and is not read.
type input struct {
	name  string
	named bool
	why   string // it is not read; "" if it is
	lost  bool   // there may be evidence in it
}

// readInput reads a file, or says why it is not read.
func readInput(o Options, in input) *reading {
	if in.why == "" && o.context().Err() == nil {
		return readFile(o, in)
	}
	r := newReading(in.name, o.Subject)
	r.source.Partial = in.lost
	r.note(in.why)
	return r
}

const mostFiles = 20_000

// expand turns files, folders and globs into files: each once, folders in the order
// of names. Links in folders are not followed, and what cannot be opened ends nothing: both
// are said.
func expand(paths []string) ([]input, error) {
	var files []input
	seen := map[string]bool{}
	add := func(in input) error {
		if in.name = filepath.Clean(in.name); !seen[in.name] {
			seen[in.name] = true
			files = append(files, in)
		}
		if len(files) > mostFiles {
			return fmt.Errorf("more than %d files", mostFiles)
		}
		return nil
	}
	for _, p := range paths {
		names := []string{p}
		if _, err := os.Stat(p); err != nil {
			found, globErr := filepath.Glob(p)
			if globErr != nil || len(found) == 0 {
				return nil, fmt.Errorf("read the evidence: %w", err)
			}
			names = found
			slices.Sort(names)
		}
		for _, name := range names {
			err := filepath.WalkDir(name, func(file string, d fs.DirEntry, err error) error {
				switch {
				case err != nil && file == name:
					return err
				case err != nil:
					return add(input{name: file, why: "read: " + plainError(err), lost: true})
				case d.IsDir():
					return nil
				case file == name || d.Type().IsRegular():
					return add(input{name: file, named: file == name})
				case d.Type()&fs.ModeSymlink != 0:
					return add(input{name: file, why: "a link in a folder: what it leads to is read only if it is named itself"})
				default:
					return add(input{name: file, why: "not a regular file: it was not read"})
				}
			})
			if err != nil {
				return nil, fmt.Errorf("read the evidence: %w", err)
			}
		}
	}
	return files, nil
}
