package observe

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"jobun/checker/audit"
	"jobun/internal/cells"
)

// builder makes the report from what was read.
type builder struct {
	options  Options
	report   *audit.Report
	readings []*reading
	names    map[string]accountName
	exhibits map[string]string   // by SHA-256
	bySame   map[string][]string // folded account name -> SIDs
	machines []string
	shares   [undecided + 1]share // of each class, what has been kept so far
	sources  []Source
	room     int
}

// mostText is how much text of observations a report may hold: reports are read up
// to 16 MiB and 500,000 values.
const (
	mostText         = 9 << 20
	mostObservations = 20_000
)

// reader is the party that stands for whoever ran the program.
const readerParty = "reader"

func newBuilder(o Options) *builder {
	b := &builder{options: o, names: map[string]accountName{}, exhibits: map[string]string{}, bySame: map[string][]string{}, room: mostText}
	b.report = &audit.Report{
		Format: audit.Format, Title: ToComplete, Subject: o.Subject.describe(),
		Parties: []audit.Party{{ID: readerParty, Name: o.in("記録を読み取った者", "the reader of the records"), Role: "engineer", Kind: "unknown", Note: o.in("jobun observe を実行した者。役割に改める。", "whoever ran jobun observe: put the role here")}},
	}
	return b
}

// add takes a reading. A file of which nothing was understood is no exhibit.
func (b *builder) add(r *reading) {
	if b.options.Literal != nil {
		for _, l := range r.literals {
			b.options.Literal(l)
		}
		r.literals = nil
	}
	if r.source.Format != "" {
		r.source.Exhibit = fmt.Sprintf("E%d", len(b.report.Exhibits)+1)
		b.report.Exhibits = append(b.report.Exhibits, b.exhibit(r))
		if first := b.exhibits[r.source.SHA256]; first != "" {
			r.repeats(first)
		} else {
			b.exhibits[r.source.SHA256] = r.source.Exhibit
		}
	}
	b.trim(r)
	b.readings = append(b.readings, r)
	for sid, n := range r.names {
		if known, ok := b.names[sid]; !ok || n.rank > known.rank {
			b.names[sid] = n
		}
	}
}

// repeats leaves the records to an exhibit that is the same file: what it shows is observed
// once.
func (r *reading) repeats(first string) {
	r.seen, r.matters = nil, nil
	r.source.Left, r.repeated = 0, 0
	r.tree = newTree(r.tree.subject)
	r.copied = true
	r.source.Notes = append(r.source.Notes, "the same file as "+first+" (the same SHA-256): what its records show stands there")
}

// exhibit describes a file. Its note is written when everything has been read.
func (b *builder) exhibit(r *reading) audit.Exhibit {
	e := audit.Exhibit{
		ID: r.source.Exhibit, Title: cut(filepath.Base(r.source.File), 100) + b.options.in("（", " (") + b.options.formatTitle(r.source.Format) + b.options.in("）", ")"),
		Role: "scene", Form: "electronic", SHA256: r.source.SHA256, File: b.relative(r.source.File),
		Custody: []audit.Custody{{By: readerParty, How: b.options.in("読み取った（原本は変更していない）", "read; the original was not changed"), Tool: b.options.Tool}},
	}
	if b.options.Role != "" {
		e.Role = b.options.Role
	}
	if r.snapshot {
		e.Role = "listing"
	}
	if e.Role == "reproduction" {
		for _, hash := range b.options.Subject.SHA256 {
			if r.hashes[hash] {
				e.Build = hash
			}
		}
	}
	return e
}

// formatTitle calls a format as people do.
func (o Options) formatTitle(format string) string {
	switch {
	case strings.Contains(format, "evtx"):
		return o.in("Windows イベントログ", "Windows event log")
	case strings.Contains(format, "XML"):
		return o.in("イベントの XML", "events in XML")
	case strings.Contains(format, "JSON"):
		return o.in("イベントの JSON", "events in JSON")
	case strings.Contains(format, "listing"):
		return o.in("一覧", "listing")
	default:
		return Say(o.Lang, format)
	}
}

// relative is the file's name from the folder of the report. A file elsewhere has none:
// no report holds absolute paths, and another file of that name could lie beside it.
func (b *builder) relative(file string) string {
	base, err1 := filepath.Abs(b.options.Base)
	full, err2 := filepath.Abs(file)
	if err1 == nil && err2 == nil {
		if rel, err := filepath.Rel(base, full); err == nil && !strings.HasPrefix(rel, "..") {
			return filepath.ToSlash(rel)
		}
	}
	return ""
}

// result joins everything.
func (b *builder) result() *Result {
	for sid, n := range b.names {
		if strings.HasPrefix(sid, "S-1-") {
			b.bySame[strings.ToLower(n.name)] = append(b.bySame[strings.ToLower(n.name)], sid)
		}
	}
	b.machines = b.machineNames()
	hashes := hashesOf(b.readings)
	for _, r := range b.readings {
		r.withoutRefuted(hashes)
		r.seen = withoutRenewals(r)
	}
	b.rulesByProgram()
	commands := ordersOf(b.readings)
	var kept []*seenIn
	for _, r := range b.readings {
		for i := range r.seen {
			s := &r.seen[i]
			if s.computer != "" && len(b.machines) > 1 {
				s.also = append(s.also, "computer "+cut(s.computer, 100))
			}
			if r.zoneDoubt > 0 && !s.utc {
				s.local, s.written, s.remark = true, s.at.Format(time.RFC3339Nano), "its zone is in doubt"
			}
			if s.action == "group.add" || s.action == "group.remove" {
				s.asked = b.names[s.sid].name
			}
			if s.attribution == nil || s.attribution.To == "other" {
				commands.attribute(s)
			}
			s.size = s.measure()
			kept = append(kept, &seenIn{s, r})
		}
		r.translate(b.options.Lang)
	}
	b.observations(kept)
	partial := false
	for _, r := range b.readings {
		b.matters(r)
		if !r.copied {
			b.examined(r)
		}
		b.describe(r)
		partial = partial || r.source.Partial || r.source.Left > 0
		b.sources = append(b.sources, r.source)
	}
	for _, s := range b.sources {
		partial = partial || s.Partial
	}
	return &Result{Report: b.report, Sources: b.sources, Partial: partial, Machines: b.machines}
}

// measure is about what an observation takes of a report, in bytes. It is that of the
// English, so that the same is kept in each language.
func (s *seen) measure() int {
	size := 300 + len(s.excerpt) + len(s.said("en")) + len(s.actor) + len(s.name) + len(s.locator)
	if s.attribution != nil {
		size += len(s.attribution.Note)
	}
	return size
}

type seenIn struct {
	*seen
	in *reading
}

// observations writes those of the subject first into the room that there is, so
// that others never push them out, and then all in the order of the files.
func (b *builder) observations(kept []*seenIn) {
	in := map[*seen]bool{}
	for _, own := range []bool{true, false} {
		for _, k := range kept {
			if k.own != own {
				continue
			}
			if b.room < k.size || len(in) >= mostObservations {
				k.in.source.Left++
				continue
			}
			b.room -= k.size
			in[k.seen] = true
		}
	}
	n := 0
	for _, k := range kept {
		if in[k.seen] {
			n++
			k.in.source.Kept++
			b.report.Observed = append(b.report.Observed, b.observation(n, k))
		}
	}
}

func (b *builder) observation(n int, k *seenIn) audit.Observation {
	o := audit.Observation{
		ID: fmt.Sprintf("O%d", n), Action: k.action, Group: k.group, Actor: k.actor,
		At: audit.When{Span: span(k.at, k.local)}, AsWritten: k.asWritten(b.options.Lang), Attribution: k.attribution, Shows: k.shows,
		Exhibit: k.in.source.Exhibit, Locator: k.locator, Excerpt: k.excerpt, Basis: audit.Recorded, Note: cut(k.note, 600),
	}
	if k.inferred {
		o.Basis = audit.Inferred
	}
	o.Target = k.kind + ":" + b.target(k.seen)
	if k.kind == "account" && strings.HasPrefix(k.sid, "S-1-") && k.action != "account.delete" {
		shows := map[string]any{"sid": k.sid}
		for key, v := range k.shows {
			shows[key] = v
		}
		o.Shows = shows
	}
	return o
}

// target names the thing. An account is its SID: the name is that of its making, and
// where two accounts have one name each is told by its SID. A UserList value has
// only the name; it joins the one account that has it.
func (b *builder) target(s *seen) string {
	if s.kind != "account" {
		name := cut(s.name, 400)
		if len(b.machines) > 1 && s.computer != "" && s.kind != "certificate" {
			name += " @" + shortName(s.computer)
		}
		return name
	}
	sid := s.sid
	if sid == "" {
		if sids := b.bySame[strings.ToLower(s.name)]; len(sids) == 1 {
			sid = sids[0]
		}
	}
	name := b.names[sid].name
	switch {
	case sid == "":
		return cut(s.name, 200)
	case name == "":
		return cut(sid, 200)
	case len(b.bySame[strings.ToLower(name)]) > 1:
		return cut(name, 200) + " (" + cut(sid, 200) + ")"
	default:
		return cut(name, 200)
	}
}

// withoutRenewals drops certificates that a log shows taken out and put back:
// Windows does so routinely, and nothing differs in the end. One that the subject took out
// or put in stays, whoever undid it.
func withoutRenewals(r *reading) []seen {
	last := map[string]string{}
	first := map[string]string{}
	own := map[string]bool{}
	key := func(s *seen) string { return s.computer + "|" + s.name + "|" + s.note + "|" + s.quote }
	for i := range r.seen {
		s := &r.seen[i]
		if s.kind == "certificate" {
			if first[key(s)] == "" {
				first[key(s)] = s.action
			}
			last[key(s)] = s.action
			own[key(s)] = own[key(s)] || s.own
		}
	}
	return slices.DeleteFunc(r.seen, func(s seen) bool {
		k := key(&s)
		if s.kind != "certificate" || own[k] || first[k] != "certificate.remove" || last[k] != "certificate.install" {
			return false
		}
		r.counted["certificates taken out of a store and put back (no net change)"]++
		return true
	})
}

// matters writes what is for the chronology.
func (b *builder) matters(r *reading) {
	for _, m := range r.matters {
		when := span(m.at, m.local || r.zoneDoubt > 0)
		if when.IsZero() {
			continue
		}
		b.report.Events = append(b.report.Events, audit.Event{
			ID: fmt.Sprintf("M%d", len(b.report.Events)+1), At: audit.When{Span: when}, What: m.what,
			Exhibit: r.source.Exhibit, Locator: m.locator, Basis: audit.Recorded,
		})
	}
}

// describe writes the note of an exhibit: size, period, and what was read and how.
func (b *builder) describe(r *reading) {
	if r.source.Exhibit == "" {
		return
	}
	for i := range b.report.Exhibits {
		if e := &b.report.Exhibits[i]; e.ID == r.source.Exhibit {
			lines := r.remarks()
			for i, line := range lines {
				lines[i] = Say(b.options.Lang, line)
			}
			e.Note = cells.SanitiseLines(strings.Join(append(lines, r.source.Notes...), "\n"))
		}
	}
}

// remarks are the first lines of an exhibit's note, in English.
func (r *reading) remarks() []string {
	s := &r.source
	lines := []string{fmt.Sprintf("%d bytes; format: %s", s.Size, s.Format)}
	for _, m := range r.members {
		lines = append(lines, fmt.Sprintf("member %s: %d bytes, sha256:%s", m.name, m.size, m.sha256))
	}
	for _, name := range sorted(r.channels) {
		ch := r.channels[name]
		period := "no time stated"
		if !ch.first.IsZero() {
			period = span(ch.first, ch.local).String() + " – " + span(ch.last, ch.local).String()
		}
		lines = append(lines, fmt.Sprintf("%s: %d records, %s%s", cut(ch.name, 100), ch.records, period, ch.gaps(s.Bad > 0 || s.Bytes > 0)))
	}
	lines = append(lines, fmt.Sprintf("read %d, kept %d, not understood %d, lost %d bytes", s.Read, s.Kept, s.Bad, s.Bytes))
	if s.Left > 0 {
		lines = append(lines, fmt.Sprintf("%d further observations are not in this report: more than a report can hold", s.Left))
	}
	if r.repeated > 0 {
		lines = append(lines, fmt.Sprintf("%d repetitions of one action on one thing are not in this report", r.repeated))
	}
	if r.zoneDoubt > 0 {
		lines = append(lines, fmt.Sprintf("the times of this file differ by up to %s from what its own records state elsewhere as UTC: they are given without a zone", r.zoneDoubt.Round(time.Minute)))
	}
	for _, what := range sorted(r.counted) {
		lines = append(lines, fmt.Sprintf("counted only: %s: %d", what, r.counted[what]))
	}
	return lines
}

func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
