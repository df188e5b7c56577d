package audit

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"

	"jobun/internal/source"
)

// regular is a file system that must not be asked to open what is not a file: a
// named pipe in a folder of exhibits would wait for ever.
type regular struct {
	t   *testing.T
	dir fs.FS
}

func (r regular) Open(name string) (fs.File, error) {
	if info, err := fs.Stat(r.dir, name); err == nil && !info.Mode().IsRegular() {
		r.t.Errorf("%s is opened, and is no regular file", name)
	}
	return r.dir.Open(name)
}

func (r regular) Stat(name string) (fs.FileInfo, error) { return fs.Stat(r.dir, name) }

// told writes the facts of an entity in one line each: name=value basis, a ! for
// disputed, and the records.
func told(e *Entity) string {
	var parts []string
	for _, f := range e.Facts() {
		mark := ""
		if f.Disputed {
			mark = "!"
		}
		var records []string
		for _, o := range f.Origins {
			records = append(records, o.Record)
		}
		value := f.Value.String()
		if f.Disputed {
			value = "?"
		}
		parts = append(parts, fmt.Sprintf("%s=%s%s %s %s", f.Field.Name, value, mark, f.Basis, strings.Join(records, "+")))
	}
	return strings.Join(parts, "; ")
}

func TestAccountHistory(t *testing.T) {
	by := "attribution = { to = \"subject\", basis = \"process-tree\" }\n"
	text := observed("o1", "account.create", "account:maintenance", "at = 2026-04-10T09:12:44+09:00\n"+by) +
		observed("o2", "group.add", "account:maintenance", "group = \"S-1-5-32-545\"\n"+by) +
		observed("o3", "group.add", "account:maintenance", "group = \"S-1-5-32-544\"\nat = 2026-04-10T09:12:45+09:00\n"+by) +
		observed("o4", "account.hide", "account:maintenance", "at = 2026-04-10T09:12:46+09:00\n") +
		observed("o5", "account.change", "account:maintenance", "at = 2026-04-10T09:13:00+09:00\nshows = { sid = \"S-1-5-21-1-2-3-1001\" }\n") +
		observed("o6", "account.delete", "account:maintenance", "at = 2026-04-12T10:00:00+09:00\n") +
		observed("o7", "account.change", "account:maintenance", "at = 2026-04-12T10:00:01+09:00\n")
	facts := Fold(read(t, text))
	if n := len(facts.Of("account")); n != 1 {
		t.Fatalf("%d accounts, want one", n)
	}
	e, _ := facts.ByID("account:maintenance")
	want := "made=true recorded o1; made_at=2026-04-10T09:12:44+09:00 recorded o1; made_by_subject=true recorded o1; administrator=true recorded o3; " +
		"made_administrator_by_subject=true recorded o3; groups=S-1-5-32-545, S-1-5-32-544 recorded o2+o3; hidden=true recorded o4; " +
		"deleted=true recorded o6; deleted_at=2026-04-12T10:00:00+09:00 recorded o6; sid=S-1-5-21-1-2-3-1001 recorded o5"
	if have := told(e); have != want {
		t.Errorf("have %s\nwant %s", have, want)
	}
	if e.Label != "maintenance" || e.Fact("made_by_subject").Origins[0].Why != "process-tree" || e.Fact("remains_after_uninstall") != nil {
		t.Errorf("label %q, attributed by %q", e.Label, e.Fact("made_by_subject").Origins[0].Why)
	}
}

// Only the SID makes an administrator, and only membership.
func TestAdministrators(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{observed("o", "group.add", "account:a", `group = "S-1-5-32-545"`), "groups=S-1-5-32-545 recorded o"},
		{observed("o", "group.add", "account:a", `group = "S-1-5-32-5440"`), "groups=S-1-5-32-5440 recorded o"},
		{observed("o", "group.add", "account:a", "group = \"S-1-5-32-544\"\nattribution = { to = \"other\", basis = \"stated\" }"), "administrator=true recorded o; made_administrator_by_subject=false recorded o; groups=S-1-5-32-544 recorded o"},
		{observed("o", "group.remove", "account:a", `group = "S-1-5-32-544"`), "administrator=false recorded o"},
		{observed("o", "account.seen", "account:Administrator", ""), ""},
	} {
		e := Fold(read(t, c.text)).Of("account")[0]
		if have := told(e); have != c.want {
			t.Errorf("have %s\nwant %s", have, c.want)
		}
	}
}

func TestSettling(t *testing.T) {
	see := func(id, facts, basis string) string {
		return strings.Replace(observed(id, "account.seen", "account:a", "shows = { "+facts+" }"), "recorded", basis, 1)
	}
	hide := func(id, at string) string { return observed(id, "account.hide", "account:a", at) }
	unhide := func(id, at string) string { return observed(id, "account.unhide", "account:a", at) }
	for _, c := range []struct{ name, text, want string }{
		{"agree", see("o", "hidden = true", "recorded") + see("p", "hidden = true", "alleged"), "hidden=true recorded o+p"},
		{"agree, the weaker first", see("o", "hidden = true", "alleged") + see("p", "hidden = true", "inferred") + see("q", "hidden = true", "admitted"), "hidden=true admitted o+p+q"},
		{"differ", see("o", "hidden = true", "recorded") + see("p", "hidden = false", "alleged"), "hidden=?! recorded o+p"},
		{"strings differ", see("o", `sid = "a"`, "recorded") + see("p", `sid = "b"`, "recorded"), "sid=?! recorded o+p"},
		{"strings agree", see("o", `sid = "a"`, "alleged") + see("p", `sid = "a"`, "recorded"), "sid=a recorded o+p"},
		{"a change and a later change back", hide("o", "at = 2026-04-10") + unhide("p", "at = 2026-04-11"), "hidden=true recorded o+p"},
		{"the same, the other way about", unhide("o", "at = 2026-04-11") + hide("p", "at = 2026-04-10"), "hidden=true recorded o+p"},
		{"two opposite changes on one day", hide("o", "at = 2026-04-10") + unhide("p", "at = 2026-04-10"), "hidden=?! recorded o+p"},
		{"in one second", hide("o", "at = 2026-04-10T09:00:00+09:00") + unhide("p", "at = 2026-04-10T00:00:00Z"), "hidden=?! recorded o+p"},
		{"in two seconds", hide("o", "at = 2026-04-10T09:00:00+09:00") + unhide("p", "at = 2026-04-10T00:00:01Z"), "hidden=true recorded o+p"},
		{"at times that may be the same", hide("o", "at = \"2026-04\"") + unhide("p", "at = 2026-04-11"), "hidden=?! recorded o+p"},
		{"a change without a time", hide("o", "") + unhide("p", "at = 2026-04-11"), "hidden=?! recorded o+p"},
		{"a change and a state", hide("o", "at = 2026-04-10") + see("p", "hidden = false", "recorded"), "hidden=?! recorded o+p"},
		{"a state and a later change", see("o", "hidden = false", "recorded") + "at = 2026-04-09\n" + hide("p", "at = 2026-04-10"), "hidden=true recorded o+p"},
		{"a change and a later state that it does not explain", hide("o", "at = 2026-04-10") + see("p", "hidden = false", "recorded") + "at = 2026-04-11\n", "hidden=?! recorded o+p"},
		{"a change, a change back and a state", hide("o", "at = 2026-04-10") + unhide("p", "at = 2026-04-11") + see("q", "hidden = false", "recorded") + "at = 2026-04-12\n", "hidden=true recorded o+p+q"},
		{"two states at two times", see("o", "hidden = true", "recorded") + "at = 2026-04-09\n" + see("p", "hidden = false", "recorded") + "at = 2026-04-11\n", "hidden=?! recorded o+p"},
		{"an alleged change and a recorded one back", strings.Replace(hide("o", "at = 2026-04-10"), "recorded", "alleged", 1) + unhide("p", "at = 2026-04-11"), "hidden=true alleged o+p"},
		{"dates that overlap", see("o", `made_at = "2012-02"`, "recorded") + see("p", "made_at = 2012-02-05", "recorded"), "made_at=2012-02-05 recorded o+p"},
		{"dates that overlap in part", see("o", `made_at = "2012-02-01/2012-02-10"`, "recorded") + see("p", `made_at = "2012-02-08/2012-03-01"`, "admitted"), "made_at=2012-02-08/2012-02-10 admitted o+p"},
		{"dates apart", see("o", `made_at = "2012-02"`, "recorded") + see("p", "made_at = 2012-03-01", "recorded"), "made_at=?! recorded o+p"},
		{"three dates, two apart", see("o", "made_at = 2012-02-05", "recorded") + see("p", `made_at = "2012"`, "recorded") + see("q", "made_at = 2012-02-06", "recorded"), "made_at=?! recorded o+p+q"},
		// A record of a month does not make the day that a party alleges recorded.
		{"a recorded month, an alleged day", see("o", `made_at = "2012-02"`, "recorded") + see("p", "made_at = 2012-02-05", "alleged"), "made_at=2012-02-05 alleged o+p"},
		{"an alleged month, a recorded day", see("o", `made_at = "2012-02"`, "alleged") + see("p", "made_at = 2012-02-05", "recorded"), "made_at=2012-02-05 recorded o+p"},
		{"a recorded day, an alleged hour", see("o", "made_at = 2012-02-05", "recorded") + see("p", "made_at = 2012-02-05T09:00:00+09:00", "alleged"), "made_at=2012-02-05T09:00:00+09:00 alleged o+p"},
		{"the same day twice", see("o", "made_at = 2012-02-05", "alleged") + see("p", "made_at = 2012-02-05", "recorded"), "made_at=2012-02-05 recorded o+p"},
		{"lists are read together", see("o", `groups = ["a", "b"]`, "recorded") + see("p", `groups = ["b", "c"]`, "alleged"), "groups=a, b, c recorded o+p"},
	} {
		e, ok := Fold(read(t, c.text)).ByID("account:a")
		if have := told(e); !ok || have != c.want {
			t.Errorf("%s:\nhave %s\nwant %s", c.name, have, c.want)
		}
	}
}

// A reproduction says what the software can do, and what it did only with the
// same build.
func TestReproductions(t *testing.T) {
	hash := strings.Repeat("ab", 32)
	reproduction := "[[exhibit]]\nid = \"E3\"\ntitle = \"再現\"\nrole = \"reproduction\"\n"
	text := strings.Replace(observed("o", "account.create", "account:a", "at = 2026-04-10"), "E1", "E3", 1)
	for _, c := range []struct {
		name, subject, build string
		aside                bool
	}{
		{"the same build", hash, "build = \"" + strings.ToUpper(hash) + "\"\n", false},
		{"another build", hash, "build = \"" + strings.Repeat("cd", 32) + "\"\n", true},
		{"no build stated", hash, "", true},
		{"no file of the software", "", "build = \"" + hash + "\"\n", true},
	} {
		subject := `subject = { name = "道具", file = [{ name = "tool.exe", sha256 = "` + c.subject + `" }] }`
		full := strings.Replace(head, `subject = { name = "道具" }`, subject, 1) + reproduction + c.build + text
		r, problems := Read(source.File{Name: "r.toml", Text: []byte(full)})
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		e, _ := Fold(r).ByID("account:a")
		if isAside := e.Fact("made") == nil; isAside != c.aside || len(e.Aside("made")) > 0 != c.aside || len(e.Facts()) > 0 == c.aside {
			t.Errorf("%s: aside %v, %s", c.name, isAside, told(e))
		}
	}
}

func TestRecordsAndObservationsAreOneEntity(t *testing.T) {
	text := "[[release]]\nid = \"r1\"\nlabel = \"第1版\"\nexhibit = \"E1\"\nbasis = \"alleged\"\nat = 2012-01-10\nof_subject = true\n" +
		observed("o", "release.seen", "release:r1", "shows = { of_subject = true, withdrawn = false }")
	facts := Fold(read(t, text))
	if n := len(facts.Of("release")); n != 1 {
		t.Fatalf("%d releases", n)
	}
	if have, want := told(facts.Of("release")[0]), "at=2012-01-10 alleged r1; of_subject=true recorded r1+o; withdrawn=false recorded o"; have != want {
		t.Errorf("have %s\nwant %s", have, want)
	}
}

// plain turns what TOML holds into what JSON can hold.
func plain(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, x := range v {
			out[k] = plain(x)
		}
		return out
	case []any:
		out := []any{}
		for _, x := range v {
			out = append(out, plain(x))
		}
		return out
	case time.Time:
		return timeText(v)
	default:
		return v
	}
}

// everything writes all facts of a report, for comparing two forms of it.
func everything(f *Facts) string {
	var b strings.Builder
	for _, k := range Kinds() {
		for _, e := range f.Of(k.Name) {
			fmt.Fprintf(&b, "%s %q: %s\n", e.ID, e.Label, told(e))
			for _, fact := range e.Facts() {
				for _, o := range fact.Origins {
					fmt.Fprintf(&b, "  %s %s %s %s %s %v %s %q\n", o.Record, o.Exhibit, o.Locator, o.Basis, o.At, o.Change, o.Value, o.Excerpt)
				}
			}
		}
		fmt.Fprintf(&b, "%s examined %d\n", k.Name, len(f.examined[k.Name]))
	}
	return b.String()
}

func TestTOMLAndJSONAreOneReport(t *testing.T) {
	for name, text := range fixtures(t) {
		tree, problems := source.Parse(source.File{Name: name, Text: text}, source.DefaultLimits())
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		inJSON, err := json.Marshal(plain(tree.Root()))
		if err != nil {
			t.Fatal(err)
		}
		a, problems := Read(source.File{Name: name, Text: text})
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		b, problems := Read(source.File{Name: "report.json", Text: inJSON})
		if len(problems) > 0 {
			t.Fatalf("%s as JSON: %v", name, problems)
		}
		if have, want := everything(Fold(b)), everything(Fold(a)); have != want {
			t.Errorf("%s: JSON\n%s\nTOML\n%s", name, have, want)
		}
		if len(Fold(a).Of("account")) == 0 && len(Fold(a).Of("release")) == 0 {
			t.Errorf("%s states nothing", name)
		}
	}
}

// Folding is linear: four times the observations are about four times the work,
// counted in allocations, whether they are of one entity or of many.
func TestFoldIsLinear(t *testing.T) {
	many := func(n int, target func(int) string) *Report {
		r := &Report{Exhibits: []Exhibit{{ID: "E1", Role: "reproduction", Build: "x"}}}
		for i := range n {
			r.Subject.Files = append(r.Subject.Files, Binary{Name: "f", SHA256: fmt.Sprint(i)})
			r.Observed = append(r.Observed, Observation{ID: fmt.Sprint("o", i), Action: "account.seen", Target: target(i), Exhibit: "E1", Basis: Recorded, Shows: map[string]any{"made": true, "groups": []any{fmt.Sprint(i % 7)}}})
		}
		r.Subject.Files = append(r.Subject.Files, Binary{SHA256: "x"})
		return r
	}
	for name, target := range map[string]func(int) string{
		"of one":  func(int) string { return "account:a" },
		"of many": func(i int) string { return fmt.Sprint("account:a", i) },
	} {
		small, large := many(5000, target), many(20_000, target)
		a := testing.AllocsPerRun(1, func() { Fold(small) })
		b := testing.AllocsPerRun(1, func() { Fold(large) })
		if b > 4.5*a {
			t.Errorf("%s: 5,000 observations take %.0f allocations, 20,000 take %.0f", name, a, b)
		}
		if n := len(Fold(large).Of("account")); n != countTargets(20_000, target) {
			t.Errorf("%s: %d accounts", name, n)
		}
	}
}

func countTargets(n int, target func(int) string) int {
	seen := map[string]bool{}
	for i := range n {
		seen[target(i)] = true
	}
	return len(seen)
}
