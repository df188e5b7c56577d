package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"jobun/checker"
	"jobun/checker/export"
	"jobun/checker/review"
	"jobun/rules"
)

func runFrom(t *testing.T, result *checker.Result) *export.Run {
	t.Helper()
	run, err := export.RunOf(result, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// exported is a run read from its export, with or without its rulebook at hand.
func exported(t *testing.T, result *checker.Result, books ...*checker.Rulebook) *export.Run {
	t.Helper()
	var b bytes.Buffer
	if err := export.WriteJSON(&b, result, nil); err != nil {
		t.Fatal(err)
	}
	if !export.IsExport(b.Bytes()) {
		t.Fatal("an export is not taken for one")
	}
	run, err := export.ReadRun(b.Bytes(), books...)
	if err != nil {
		t.Fatal(err)
	}
	if len(books) > 0 && run.Result() == nil {
		t.Fatal("the export was not gone through again with its rulebook")
	}
	return run
}

func changesOf(t *testing.T, before, after *export.Run) *export.Changes {
	t.Helper()
	changes, err := export.Compare(before, after)
	if err != nil {
		t.Fatal(err)
	}
	return changes
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	text, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func changeOf(t *testing.T, c *export.Changes, rule, entity string) *export.FindingChange {
	t.Helper()
	for i := range c.Findings {
		if c.Findings[i].Rule == rule && c.Findings[i].Entity == entity {
			return &c.Findings[i]
		}
	}
	t.Fatalf("there is no %s on %s", rule, entity)
	return nil
}

// A run compared with itself is the same in every respect, however it is read.
func TestDiffWithItself(t *testing.T) {
	book := ownRulebook(t)
	for _, dir := range fixtures(t) {
		result := checked(t, book, "report.toml", readText(t, filepath.Join(dir, "report.toml")))
		runs := []*export.Run{runFrom(t, result), exported(t, result, book), exported(t, result)}
		for i, before := range runs {
			for j, after := range runs {
				c := changesOf(t, before, after)
				if c.Differs() || c.Count.Unchanged != len(result.Findings) || c.Count.Total != len(result.Findings) {
					t.Errorf("%s, %d with %d: %+v", dir, i, j, c.Count)
				}
				for _, f := range c.Findings {
					if !f.Causes.None() || len(f.Untold) > 0 || f.Absent != nil {
						t.Errorf("%s, %d with %d: %s on %s: %s", dir, i, j, f.Rule, f.Entity, asJSON(t, f))
					}
				}
			}
		}
	}
}

// eachChange goes through the one-fact changes of the fixtures.
func eachChange(t *testing.T, visit func(t *testing.T, c change, before, after *checker.Result)) {
	t.Helper()
	book := ownRulebook(t)
	seen := 0
	for _, dir := range fixtures(t) {
		text := readText(t, filepath.Join(dir, "report.toml"))
		before := checked(t, book, "report.toml", text)
		var list changes
		decode(t, filepath.Join(dir, "want/changes.toml"), &list)
		for _, c := range list.Change {
			seen++
			t.Run(filepath.Base(dir)+"/"+c.Says, func(t *testing.T) {
				visit(t, c, before, checked(t, book, "report.toml", strings.Replace(text, c.Old, c.New, 1)))
			})
		}
	}
	if seen < 40 {
		t.Errorf("%d changes only", seen)
	}
}

// The consequences that are written by hand beside the fixtures are those that diff
// reports, no more and no less, and each has its cause.
func TestDiffOfOneFact(t *testing.T) {
	notIfShort(t)
	eachChange(t, func(t *testing.T, c change, before, after *checker.Result) {
		have := changesOf(t, runFrom(t, before), runFrom(t, after))
		var turns, assessed, gone, asked []string
		causedBy := map[string]bool{} // findings that rest on evidence that differs
		for _, f := range have.Findings {
			if slices.Contains(f.Causes.Parts(), export.EvidencePart) {
				causedBy[f.Rule] = true
			}
		}
		for _, f := range have.Findings {
			key := f.Rule + " " + f.Entity
			switch f.Kind {
			case export.Gone:
				gone = append(gone, key)
			case export.IsNew:
				asked = append(asked, key)
			case export.Changed:
				for _, clause := range f.Clauses {
					if clause.Differs() {
						code := clause.New.Answer
						if clause.New.ByAllegation {
							code = denied
						}
						turns = append(turns, key+" "+clause.Clause+" "+code)
					}
				}
				if f.Old.Assessment != f.New.Assessment {
					assessed = append(assessed, key+" "+f.New.Assessment)
				}
			case export.NotComparable:
				t.Errorf("%s is not compared", key)
			}
			checkCauses(t, &f, causedBy, before, after)
			checkReads(t, &f, before, after)
		}
		sameSet(t, "turns", c.Turns, turns)
		sameSet(t, "assessed", c.Assessed, assessed)
		sameSet(t, "gone", c.Gone, gone)
		sameSet(t, "asked", c.Asked, asked)
	})
}

// checkCauses wants the evidence, or a finding that was read and rests on evidence
// that differs, as the only cause (where a statement was changed, that statement), and
// every fact to be what the reports say.
func checkCauses(t *testing.T, f *export.FindingChange, causedBy map[string]bool, before, after *checker.Result) {
	t.Helper()
	key := f.Rule + " " + f.Entity
	if len(f.Untold) > 0 {
		t.Errorf("%s: something is not told: %v", key, f.Untold)
	}
	parts := f.Causes.Parts()
	if f.Kind != export.Unchanged && len(parts) == 0 {
		t.Errorf("%s has no cause", key)
	}
	if asJSON(t, before.Report.Statements) != asJSON(t, after.Report.Statements) {
		if len(parts) > 0 && !slices.Equal(parts, []export.CausePart{export.StatementPart}) {
			t.Errorf("%s: only a statement was changed; the causes are %v", key, parts)
		}
		return
	}
	for _, part := range parts {
		if part != export.EvidencePart && part != export.ReadPart {
			t.Errorf("%s: only a fact was changed; the cause is %s", key, part)
		}
	}
	for _, read := range f.Causes.Findings {
		if !slices.Contains(parts, export.EvidencePart) && !causedBy[read.Rule] {
			t.Errorf("%s: reads %s, which rests on no evidence that differs", key, read.Rule)
		}
	}
	for _, fact := range f.Causes.Facts {
		_, name, _ := strings.Cut(fact.Fact, ".")
		for _, side := range []struct {
			result *checker.Result
			seen   *export.FactSeen
		}{{before, fact.Old}, {after, fact.New}} {
			entity, ok := side.result.Facts.ByID(fact.Entity)
			isStated := ok && entity.Fact(name) != nil
			if isStated != (side.seen != nil) {
				t.Errorf("%s: %s of %s is stated: %v", key, fact.Fact, fact.Entity, isStated)
			}
			if isStated && len(entity.Fact(name).Origins) != len(side.seen.Origins) {
				t.Errorf("%s: %s of %s has other origins", key, fact.Fact, fact.Entity)
			}
		}
		if len(fact.Clauses) == 0 && !fact.Day && !fact.Trigger {
			t.Errorf("%s: nothing reads %s", key, fact.Fact)
		}
	}
}

// checkReads wants every finding that is read, and came to something else, named.
func checkReads(t *testing.T, f *export.FindingChange, before, after *checker.Result) {
	t.Helper()
	if f.Old == nil || f.New == nil {
		return
	}
	old, now := summaryOf(before).assessments, summaryOf(after).assessments
	var visit func(w *checker.Why)
	visit = func(w *checker.Why) {
		if w == nil {
			return
		}
		if w.Finding != nil {
			for _, read := range w.Finding.Findings {
				key := read.Rule.ID + " " + read.Entity.ID
				isNamed := slices.ContainsFunc(f.Causes.Findings, func(c export.ReadChange) bool {
					return c.Rule == read.Rule.ID && c.Entity == read.Entity.ID && c.Old == old[key] && c.New == now[key]
				})
				if isNamed != (old[key] != now[key]) {
					t.Errorf("%s on %s reads %s, %q and %q: named %v", f.Rule, f.Entity, key, old[key], now[key], isNamed)
				}
			}
		}
		for _, kid := range w.Kids {
			visit(kid)
		}
	}
	for _, is := range after.Findings {
		if is.Rule.ID == f.Rule && is.Entity.ID == f.Entity {
			for _, a := range is.Answers() {
				visit(a.Why)
			}
		}
	}
}

// Where something was looked for is evidence too: each examination of the fixtures is
// taken out, and made an allegation, and what comes of that is never without a cause.
func TestDiffOfExaminations(t *testing.T) {
	book := ownRulebook(t)
	turned := 0
	for _, dir := range fixtures(t) {
		text := readText(t, filepath.Join(dir, "report.toml"))
		before := checked(t, book, "report.toml", text)
		for i := range before.Report.Examined {
			for _, how := range []string{"taken out", "alleged"} {
				c := changesOf(t, runFrom(t, before), runFrom(t, checked(t, book, "report.toml", withoutExamination(t, text, i, how))))
				for _, f := range c.Findings {
					if f.Kind != export.Unchanged && f.Kind != export.NotComparable {
						turned++
					}
					if len(f.Untold) > 0 || len(f.Causes.Facts) > 0 || f.Kind == export.Changed && len(f.Causes.Lists) == 0 && len(f.Causes.Findings) == 0 {
						t.Errorf("%s, examination %d %s: %s on %s is %s because of %s", dir, i, how, f.Rule, f.Entity, f.Kind, asJSON(t, f.Causes))
					}
				}
			}
		}
	}
	if turned < 10 {
		t.Errorf("%d findings turned only", turned)
	}
}

// withoutExamination takes an examination out of a report, or makes it alleged.
func withoutExamination(t *testing.T, text string, n int, how string) string {
	t.Helper()
	const head = "\n[[examined]]\n"
	at := 0
	for range n + 1 {
		next := strings.Index(text[at:], head)
		if next < 0 {
			t.Fatalf("there is no examination %d", n)
		}
		at += next + len(head)
	}
	start := at - len(head)
	end := at + strings.Index(text[at:], "\n[")
	if how == "taken out" {
		return text[:start] + text[end:]
	}
	var lines []string
	for _, line := range strings.Split(text[at:end], "\n") {
		if !strings.HasPrefix(line, "basis") {
			lines = append(lines, line)
		}
	}
	return text[:at] + "basis = \"alleged\"\n" + strings.Join(lines, "\n") + text[end:]
}

func sameSet(t *testing.T, what string, want, have []string) {
	t.Helper()
	want, have = slices.Clone(want), slices.Clone(have)
	slices.Sort(want)
	slices.Sort(have)
	if !slices.Equal(want, have) {
		t.Errorf("%s: want\n  %s\nhave\n  %s", what, strings.Join(want, "\n  "), strings.Join(have, "\n  "))
	}
}

// The other way round gives the mirror image; and exports say what reports say, also
// where their rulebook is not at hand, but for what decides whether a rule is asked.
func TestDiffMirrors(t *testing.T) {
	notIfShort(t)
	eachChange(t, func(t *testing.T, _ change, before, after *checker.Result) {
		there := changesOf(t, runFrom(t, before), runFrom(t, after))
		back := changesOf(t, runFrom(t, after), runFrom(t, before))
		if len(there.Findings) != len(back.Findings) || there.Count.New != back.Count.Gone || there.Count.Gone != back.Count.New {
			t.Fatalf("there %+v, back %+v", there.Count, back.Count)
		}
		for i := range there.Findings {
			f := there.Findings[i]
			want, have := asJSON(t, sorted(f)), asJSON(t, sorted(mirrored(*changeOf(t, back, f.Rule, f.Entity))))
			if diff := firstDifference(want, have); diff != "" {
				t.Errorf("%s on %s: %s", f.Rule, f.Entity, diff)
			}
		}
		book := before.Rulebook
		whole := changesOf(t, exported(t, before, book), runFrom(t, after))
		if diff := firstDifference(asJSON(t, there.Findings), asJSON(t, whole.Findings)); diff != "" {
			t.Errorf("export and report: %s", diff)
		}
		alone := changesOf(t, exported(t, before), exported(t, after))
		for i := range there.Findings {
			f, g := there.Findings[i], alone.Findings[i]
			if f.Rule != g.Rule || f.Entity != g.Entity || f.Kind != g.Kind || asJSON(t, f.Clauses) != asJSON(t, g.Clauses) {
				t.Errorf("%s on %s: exports alone say something else", f.Rule, f.Entity)
			}
			isToldAlike := asJSON(t, f.Causes) == asJSON(t, g.Causes)
			if isUntold := len(g.Untold) > 0; isToldAlike == isUntold {
				t.Errorf("%s on %s: the same causes %v, something not told %v", f.Rule, f.Entity, isToldAlike, isUntold)
			}
		}
	})
}

// mirrored is a change seen the other way round.
func mirrored(f export.FindingChange) export.FindingChange {
	switch f.Kind {
	case export.IsNew:
		f.Kind = export.Gone
	case export.Gone:
		f.Kind = export.IsNew
	}
	f.Old, f.New = f.New, f.Old
	if f.Absent != nil {
		absent := *f.Absent
		absent.Side = map[string]string{"old": "new", "new": "old"}[absent.Side]
		f.Absent = &absent
	}
	f.Clauses = slices.Clone(f.Clauses)
	for i, c := range f.Clauses {
		f.Clauses[i].Old, f.Clauses[i].New = c.New, c.Old
	}
	f.Causes.Entity = map[string]string{"added": "removed", "removed": "added", "": ""}[f.Causes.Entity]
	for i, x := range f.Causes.Facts {
		x.Old, x.New, x.OldNames, x.NewNames = x.New, x.Old, x.NewNames, x.OldNames
		f.Causes.Facts[i] = x
	}
	for i, x := range f.Causes.Lists {
		x.Added, x.Removed, x.OldExamined, x.NewExamined = x.Removed, x.Added, x.NewExamined, x.OldExamined
		f.Causes.Lists[i] = x
	}
	for i, x := range f.Causes.Findings {
		x.Old, x.New = x.New, x.Old
		f.Causes.Findings[i] = x
	}
	for i, x := range f.Causes.Statements {
		x.Old, x.New, x.OldClauses, x.NewClauses = x.New, x.Old, x.NewClauses, x.OldClauses
		f.Causes.Statements[i] = x
	}
	for i, x := range f.Causes.Exhibits {
		x.Old, x.New = x.New, x.Old
		f.Causes.Exhibits[i] = x
	}
	return f
}

// sorted puts causes in an order that does not depend on which run is the new one.
func sorted(f export.FindingChange) export.FindingChange {
	f.Causes.Facts = slices.Clone(f.Causes.Facts)
	slices.SortFunc(f.Causes.Facts, func(a, b export.FactChange) int {
		return strings.Compare(a.Entity+"#"+a.Fact, b.Entity+"#"+b.Fact)
	})
	for i := range f.Causes.Facts {
		f.Causes.Facts[i].Clauses = slices.Sorted(slices.Values(f.Causes.Facts[i].Clauses))
	}
	slices.SortFunc(f.Causes.Lists, func(a, b export.ListChange) int { return strings.Compare(a.Kind, b.Kind) })
	slices.SortFunc(f.Causes.Findings, func(a, b export.ReadChange) int {
		return strings.Compare(a.Rule+" "+a.Entity, b.Rule+" "+b.Entity)
	})
	return f
}

// bookWith is the program's rulebook with one file written otherwise; "" takes it away.
func bookWith(t *testing.T, name string, edit func(string) string) *checker.Rulebook {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(rules.Files, ".", func(at string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(rules.Files, at)
		files[at] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if files[name] == nil {
		t.Fatalf("there is no %s", name)
	}
	was := string(files[name].Data)
	switch text := edit(was); text {
	case was:
		t.Fatal("the edit changes nothing")
	case "":
		delete(files, name)
	default:
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return loadRules(t, files)
}

const caseReport = "fixtures/certificate-tool-2012/report.toml"

// Each input that differs is named, and nothing else is.
func TestDiffNamesTheCause(t *testing.T) {
	own := ownRulebook(t)
	text := readText(t, caseReport)
	before := checked(t, own, "report.toml", text)
	const running, making = "penal-code/run-on-the-unknowing", "unauthorized-access/making-an-account"
	replace := func(old, with string) func(string) string {
		return func(s string) string { return strings.Replace(s, old, with, 1) }
	}
	comment := func(s string) string { return s + "\n# looked at again\n" }
	for _, c := range []struct {
		says, file string
		edit       func(string) string
		rule       string
		parts      []export.CausePart
		kind       export.ChangeKind
	}{
		{"the file of a rule", running + ".toml", comment, running, []export.CausePart{export.RulePart}, export.Unchanged},
		{"a behaviour that a rule reads", "behaviours/subject.acts_undisclosed.toml", comment, running, []export.CausePart{export.RulePart}, export.Unchanged},
		{"the versions of a law", "laws/penal-code.toml", replace("ja = \"平成23年法律第74号\"", "ja = \"平成23年法律第75号\""), running, []export.CausePart{export.LawPart}, export.Unchanged},
		{"a penalty", running + ".toml", replace("三年以下の懲役", "四年以下の懲役"), running, []export.CausePart{export.RulePart, export.LawPart}, export.Changed},
		{"a condition", making + ".toml", replace(`"account.made_remotely"`, `"not account.made_remotely"`), making, []export.CausePart{export.RulePart}, export.Unchanged},
	} {
		t.Run(c.says, func(t *testing.T) {
			after := checked(t, bookWith(t, c.file, c.edit), "report.toml", text)
			changes := changesOf(t, runFrom(t, before), runFrom(t, after))
			found := 0
			for _, f := range changes.Findings {
				parts := f.Causes.Parts()
				switch {
				case f.Rule == c.rule:
					found++
					if !slices.Equal(parts, c.parts) || f.Kind != c.kind && c.kind == export.Unchanged || len(f.Untold) > 0 {
						t.Errorf("%s on %s: %s because of %v", f.Rule, f.Entity, f.Kind, parts)
					}
				case !strings.HasPrefix(c.file, c.rule): // others may read it too
				case len(parts) > 0 || f.Kind != export.Unchanged:
					t.Errorf("%s on %s is %s because of %v", f.Rule, f.Entity, f.Kind, parts)
				}
			}
			if found == 0 {
				t.Error("nothing is asked under the rule")
			}
			// An export whose rulebook is not at hand does not pretend to know.
			alone := changesOf(t, exported(t, before), exported(t, after))
			isTold := changeOf(t, alone, c.rule, firstEntity(t, before, c.rule))
			untold := func(part export.CausePart) bool {
				return slices.Contains(isTold.Untold, export.Untold{Part: part, Reason: "export-without-its-rulebook"})
			}
			if isTold.Causes.Rule == nil && !untold(export.RulePart) || strings.HasPrefix(c.file, "laws/") != untold(export.LawPart) {
				t.Errorf("exports alone: %s", asJSON(t, isTold))
			}
		})
	}
}

func firstEntity(t *testing.T, result *checker.Result, rule string) string {
	t.Helper()
	for _, f := range result.Findings {
		if f.Rule.ID == rule {
			return f.Entity.ID
		}
	}
	t.Fatalf("nothing is asked under %s", rule)
	return ""
}

// The text of a provision that is another in the law store is a cause; one that only
// one run had was got, not changed.
func TestDiffOfLawTexts(t *testing.T) {
	result := checked(t, ownRulebook(t), "report.toml", readText(t, caseReport))
	f := result.Findings[0]
	with := func(sum string) *export.Run {
		place := f.Anchor.Places[0]
		main, _ := place.Place()
		texts := export.Provisions{{Finding: f.ID, Place: place}: {{Place: main, From: place.From.Date, Until: place.Until.Date, Is: export.TextSource{SHA256: sum}}}}
		run, err := export.RunOf(result, texts, nil)
		if err != nil {
			t.Fatal(err)
		}
		return run
	}
	a, b := strings.Repeat("a", 64), strings.Repeat("b", 64)
	c := changesOf(t, with(a), with(b))
	have := changeOf(t, c, f.Rule.ID, f.Entity.ID)
	if !slices.Equal(have.Causes.Parts(), []export.CausePart{export.TextPart}) || have.Causes.Texts[0].Old != a || have.Causes.Texts[0].New != b || c.Count.OtherGround != 1 {
		t.Errorf("%s", asJSON(t, have))
	}
	if c := changesOf(t, with(""), with(b)); c.Differs() {
		t.Errorf("%+v", c.Count)
	}
}

// Two causes at once are both named.
func TestDiffNamesBothCauses(t *testing.T) {
	const making = "unauthorized-access/making-an-account"
	text := readText(t, caseReport)
	other := strings.Replace(text, "shows   = { made = true, administrator = true, made_by_subject = true }", "shows   = { made = true, administrator = true, made_by_subject = true, made_remotely = true }", 1)
	other += "\n[[statement]]\nid = \"Z1\"\nby = \"provider\"\nexhibit = \"E1\"\ntext = \"回線は用いていない\"\nstance = \"opposes\"\non = [{ rule = \"" + making + "\", clause = \"through-the-line\" }]\n"
	after := checked(t, bookWith(t, making+".toml", func(s string) string { return s + "\n# again\n" }), "report.toml", other)
	changes := changesOf(t, runFrom(t, checked(t, ownRulebook(t), "report.toml", text)), runFrom(t, after))
	f := changeOf(t, changes, making, "account:管理者アカウント")
	want := []export.CausePart{export.RulePart, export.EvidencePart, export.StatementPart}
	if f.Kind != export.Changed || !slices.Equal(f.Causes.Parts(), want) || len(f.Causes.Statements) != 1 || f.Causes.Statements[0].ID != "Z1" {
		t.Errorf("%s", asJSON(t, f))
	}
	for _, c := range f.Clauses {
		if c.Clause == "through-the-line" && (c.Old.Answer != string(checker.Unverified) || c.New.Answer != string(checker.Contested)) {
			t.Errorf("%s", asJSON(t, c))
		}
	}
}

// What the other run says nothing of is not compared.
func TestDiffCannotCompare(t *testing.T) {
	own := ownRulebook(t)
	text := readText(t, caseReport)
	before := checked(t, own, "report.toml", text)
	const rule = "civil-code/mistake-rescission" // no statement names it, and no rule reads it
	want := 0
	for _, f := range before.Findings {
		if f.Rule.ID == rule {
			want++
		}
	}
	after := checked(t, bookWith(t, rule+".toml", func(string) string { return "" }), "report.toml", text)
	for _, c := range []*export.Changes{changesOf(t, runFrom(t, before), runFrom(t, after)), changesOf(t, exported(t, after), exported(t, before))} {
		have := 0
		for _, f := range c.Findings {
			if f.Kind == export.NotComparable {
				have++
				if f.Rule != rule || f.Absent.Reason != export.NoRule {
					t.Errorf("%s on %s: %+v", f.Rule, f.Entity, f.Absent)
				}
			}
		}
		if have != want || want == 0 || c.Count.NotComparable != want || !c.Differs() {
			t.Errorf("%d of %d are not compared: %+v", have, want, c.Count)
		}
	}
	newer := []byte(`{"$schema": "https://jobun.invalid/schema/result-2.json", "format": 2}`)
	if !export.IsExport(newer) {
		t.Fatal("an export of a later version is not taken for one")
	}
	unread, err := export.ReadRun(newer, own)
	if err != nil {
		t.Fatal(err)
	}
	c := changesOf(t, unread, runFrom(t, before))
	if c.Count.NotComparable != len(before.Findings) || c.Old.Unread != 2 || !c.Differs() {
		t.Errorf("%+v", c.Count)
	}
	const nothing = "format = 1\ntitle = \"一つだけ\"\n[subject]\nname = \"道具\"\n"
	empty := checked(t, own, "report.toml", nothing)
	c = changesOf(t, runFrom(t, empty), runFrom(t, before))
	for _, f := range c.Findings {
		kind, _, _ := strings.Cut(f.Entity, ":")
		isSingleton := kind == f.Entity
		if (f.Kind == export.NotComparable) == isSingleton || !isSingleton && f.Absent.Reason != export.KindNotExamined {
			t.Errorf("%s on %s: %s, %+v", f.Rule, f.Entity, f.Kind, f.Absent)
		}
	}
}

// A finding that is no longer asked because a fact of the trigger is no longer known
// says which; of an export whose rulebook is not at hand too.
func TestDiffNotAsked(t *testing.T) {
	const rule, entity, stated = "contract/provider-responsibility", "entrustment:work", "of_registration_work = true"
	const text = "format = 1\ntitle = \"一つだけ\"\n[subject]\nname = \"道具\"\n" +
		"[[exhibit]]\nid = \"E1\"\ntitle = \"契約書\"\nrole = \"document\"\n" +
		"[[entrustment]]\nid = \"work\"\nexhibit = \"E1\"\nbasis = \"recorded\"\nat = 2026-01-05\n"
	book := ownRulebook(t)
	before, after := checked(t, book, "report.toml", text+stated), checked(t, book, "report.toml", text)
	for _, c := range []*export.Changes{changesOf(t, runFrom(t, before), runFrom(t, after)), changesOf(t, exported(t, before), exported(t, after))} {
		f := changeOf(t, c, rule, entity)
		if f.Kind != export.Gone || f.Absent.Reason != export.TriggerNotKnown || len(f.Absent.Missing) != 1 || f.Absent.Missing[0].Name != "entrustment.of_registration_work" || f.Absent.Missing[0].Entity != entity {
			t.Fatalf("%s", asJSON(t, f))
		}
		facts := f.Causes.Facts
		if len(facts) != 1 || facts[0].Fact != "entrustment.of_registration_work" || facts[0].New != nil || facts[0].Old == nil || !facts[0].Trigger {
			t.Errorf("%s", asJSON(t, f.Causes))
		}
	}
	// Declined, not unknown: with the rulebook at hand the fact is named; an export
	// alone does not say which it is, and that is said.
	declined := checked(t, book, "report.toml", text+"of_registration_work = false")
	f := changeOf(t, changesOf(t, runFrom(t, before), runFrom(t, declined)), rule, entity)
	if f.Kind != export.Gone || f.Absent.Reason != export.DoesNotApply || f.Absent.ByAllegation || len(f.Causes.Facts) != 1 || f.Causes.Facts[0].New == nil || len(f.Untold) > 0 {
		t.Errorf("%s", asJSON(t, f))
	}
	f = changeOf(t, changesOf(t, exported(t, before), exported(t, declined)), rule, entity)
	if f.Kind != export.Gone || !f.Causes.None() || len(f.Untold) != 1 || f.Untold[0].Part != export.TriggerPart {
		t.Errorf("%s", asJSON(t, f))
	}
	// What only a party says does not make a rule disappear: it is said that he says it.
	said := checked(t, book, "report.toml", strings.Replace(text, `"recorded"`, `"alleged"`, 1)+"of_registration_work = false")
	for _, c := range []*export.Changes{changesOf(t, runFrom(t, before), runFrom(t, said)), changesOf(t, exported(t, before), exported(t, said))} {
		if f := changeOf(t, c, rule, entity); f.Kind != export.Gone || f.Absent.Reason != export.DoesNotApply || !f.Absent.ByAllegation {
			t.Errorf("%s", asJSON(t, f))
		}
	}
}

// A person's answer and decision are causes, and compared with the journal.
func TestDiffDecisions(t *testing.T) {
	result := checked(t, ownRulebook(t), "report.toml", readText(t, caseReport))
	journal, err := review.Open(filepath.Join(t.TempDir(), "a.decisions.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	undecided, err := review.Read(journal, review.Inputs{Result: result})
	if err != nil {
		t.Fatal(err)
	}
	var on *checker.Finding
	clause := ""
	for _, f := range result.Findings {
		for _, a := range f.Elements {
			if review.TakesAnswer(a) && f.Assessment != checker.NotInForce {
				on, clause = f, a.Clause.ID
			}
		}
	}
	entry := func(e review.Entry) review.Entry {
		e.At, e.By, e.Finding = "2026-11-25T10:00:00+09:00", "審査者A", review.KeyOf(on)
		return e
	}
	answered, err := undecided.Record(entry(review.Entry{Action: review.Answer, Clause: clause, Answer: "no"}))
	if err != nil {
		t.Fatal(err)
	}
	decided, err := answered.Record(entry(review.Entry{Action: review.SetAside, Reason: review.ElementLacking, Note: "要件を欠くと考える"}))
	if err != nil {
		t.Fatal(err)
	}
	run := func(r *review.Review) *export.Run {
		run, err := export.RunOf(result, nil, r)
		if err != nil {
			t.Fatal(err)
		}
		return run
	}
	old, now := run(undecided), run(decided)
	c := changesOf(t, old, now)
	f := changeOf(t, c, on.Rule.ID, on.Entity.ID)
	if f.Kind != export.Changed || !slices.Equal(f.Causes.Parts(), []export.CausePart{export.PersonPart}) || len(f.Causes.Answers) != 1 || f.Causes.Answers[0].Clause != clause || f.Causes.Answers[0].Old != nil || f.Causes.Answers[0].New.Yes {
		t.Errorf("%s", asJSON(t, f))
	}
	if d := f.Causes.Decision; d == nil || d.Old.Status != review.Undecided || d.New.Status != review.Status(review.SetAside) || d.New.Reason != review.ElementLacking {
		t.Errorf("%s", asJSON(t, f.Causes))
	}
	if c.Count.Changed < 1 || changesOf(t, now, now).Differs() {
		t.Errorf("%+v", c.Count)
	}
	// Without a journal on one side the decision is not compared, and that is said.
	f = changeOf(t, changesOf(t, runFrom(t, result), now), on.Rule.ID, on.Entity.ID)
	if !slices.ContainsFunc(f.Untold, func(u export.Untold) bool { return u.Part == export.PersonPart }) {
		t.Errorf("%s", asJSON(t, f.Untold))
	}
}

// What diff prints of its own is in the words of DESIGN section 2, and inert.
func TestDiffWords(t *testing.T) {
	notIfShort(t)
	seen := map[string]bool{}
	eachChange(t, func(t *testing.T, _ change, before, after *checker.Result) {
		c := changesOf(t, runFrom(t, before), runFrom(t, after))
		strips := []*strings.Replacer{quotedOf(before), quotedOf(after)}
		for _, lang := range []string{"ja", "en"} {
			var b bytes.Buffer
			if err := export.WriteChanges(&b, c, export.ChangesOptions{Style: export.Style{Lang: lang}, Width: 100_000}); err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(b.String()) {
				ours := allowed.ReplaceAllString(strings.TrimSpace(line), "／")
				if seen[ours] {
					continue
				}
				seen[ours] = true
				if found := forbidden(strips[1].Replace(strips[0].Replace(ours))); len(found) > 0 {
					t.Errorf("%q in %s", found, line)
				}
			}
		}
	})
}

// An export that is not whole or not sound is refused, never compared in part.
func TestDiffRefuses(t *testing.T) {
	text := readText(t, "fixtures/installer-with-consent/want/result.json")
	for says, broken := range map[string]string{
		"no findings":    strings.Replace(text, `"findings": [`, `"foundings": [`, 1),
		"another answer": strings.Replace(text, `"answer": "supported"`, `"answer": "certain"`, 1),
		"cut":            text[:len(text)/2],
		"no format":      strings.Replace(text, `"format": 1`, `"former": 1`, 1),
	} {
		if broken == text {
			t.Fatalf("%s: nothing was broken", says)
		}
		if _, err := export.ReadRun([]byte(broken)); err == nil {
			t.Errorf("%s: it is read", says)
		}
	}
	if export.IsExport([]byte(readText(t, caseReport))) {
		t.Error("a report is taken for an export")
	}
	// One that was edited does not come to what its report comes to.
	edited := strings.Replace(text, `"answer": "supported"`, `"answer": "alleged"`, 1)
	run, err := export.ReadRun([]byte(edited), ownRulebook(t))
	if err != nil || run.Result() != nil {
		t.Errorf("%v: an export that was edited counts as gone through again", err)
	}
}
