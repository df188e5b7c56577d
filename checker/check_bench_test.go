package checker_test

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/BurntSushi/toml"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/export"
)

// The sizes that are measured. Of 300 rules 270 concern nothing in the report.
var (
	benchObservations = []int{200, 2_000, 20_000}
	benchRules        = []int{30, 300}
)

const benchApplying = 30

// TestEvaluationsAreFlatAndLinear counts and takes no time: rules that cannot
// apply cost no evaluation, and ten times the observations cost ten times the
// evaluations.
func TestEvaluationsAreFlatAndLinear(t *testing.T) {
	const atMost = 10.5
	books := map[int]*checker.Rulebook{}
	for _, rules := range benchRules {
		books[rules] = benchRulebook(t, rules)
	}
	before := 0
	for _, observations := range benchObservations {
		report := benchReport(t, observations)
		evaluated := map[int]int{}
		for _, rules := range benchRules {
			result, err := books[rules].Check(report, nil)
			if err != nil {
				t.Fatal(err)
			}
			evaluated[rules] = result.Evaluated
			if len(result.Findings) == 0 || len(result.Declined) == 0 || len(result.NotAsked) == 0 {
				t.Errorf("%d observations, %d rules: %d findings, %d declined, %d not asked: want some of each, or the count says little",
					observations, rules, len(result.Findings), len(result.Declined), len(result.NotAsked))
			}
		}
		if evaluated[30] != evaluated[300] {
			t.Errorf("%d observations: %d evaluations with 30 rules, %d with 270 more that cannot apply", observations, evaluated[30], evaluated[300])
		}
		t.Logf("%d observations: %d evaluations", observations, evaluated[30])
		if ratio := float64(evaluated[30]) / float64(before); before > 0 && ratio > atMost {
			t.Errorf("%d observations: %.2f times the evaluations of a tenth of them; at most %.1f", observations, ratio, atMost)
		}
		before = evaluated[30]
	}
}

// BenchmarkLoad reads the whole rulebook: places of everything, conditions parsed
// and type-checked, laws resolved. Its rival is BenchmarkDecodeTOML.
func BenchmarkLoad(b *testing.B) {
	files := rulebookFiles(b)
	b.SetBytes(sizeOf(files))
	measure(b, func() {
		if _, problems := checker.Load(files); len(problems) > 0 {
			b.Fatal(problems.Render(80))
		}
	})
}

// BenchmarkDecodeTOML only decodes the same files, into maps.
func BenchmarkDecodeTOML(b *testing.B) {
	files := rulebookFiles(b)
	b.SetBytes(sizeOf(files))
	measure(b, func() {
		for name, file := range files {
			var into map[string]any
			if err := toml.Unmarshal(file.Data, &into); err != nil {
				b.Fatalf("decode %s: %v", name, err)
			}
		}
	})
}

// BenchmarkCheck folds a report and asks it every rule.
func BenchmarkCheck(b *testing.B) {
	for _, observations := range benchObservations {
		report := benchReport(b, observations)
		for _, rules := range benchRules {
			b.Run(fmt.Sprintf("observations=%d/rules=%d", observations, rules), func(b *testing.B) {
				book := benchRulebook(b, rules)
				evaluated := 0
				measure(b, func() {
					result, err := book.Check(report, nil)
					if err != nil {
						b.Fatal(err)
					}
					evaluated = result.Evaluated
				})
				b.ReportMetric(float64(evaluated), "evals/op")
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(observations), "ns/observation")
			})
		}
	}
}

// BenchmarkFold is the part of BenchmarkCheck that the rules have no part in.
func BenchmarkFold(b *testing.B) {
	for _, observations := range benchObservations {
		report := benchReport(b, observations)
		b.Run(fmt.Sprintf("observations=%d", observations), func(b *testing.B) {
			measure(b, func() { audit.Fold(report) })
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(observations), "ns/observation")
		})
	}
}

// BenchmarkExplain explains every clause of the finding with the most of them.
func BenchmarkExplain(b *testing.B) {
	result, err := benchRulebook(b, benchApplying).Check(benchReport(b, 200), nil)
	if err != nil {
		b.Fatal(err)
	}
	finding := slices.MaxFunc(result.Findings, func(f, g *checker.Finding) int {
		return len(f.Elements) + len(f.Exceptions) - len(g.Elements) - len(g.Exceptions)
	})
	answers := slices.Concat(finding.Elements, finding.Exceptions)
	style := export.Style{Lang: "ja"}
	lines := 0
	measure(b, func() {
		lines = 0
		for _, a := range answers {
			lines += len(style.Why(finding, a))
		}
	})
	b.ReportMetric(float64(len(answers)), "clauses/op")
	b.ReportMetric(float64(lines), "lines/op")
}

// measure runs what is measured, by the clock and in processor time.
func measure(b *testing.B, do func()) {
	b.ReportAllocs()
	start := cpuTime()
	for b.Loop() {
		do()
	}
	b.ReportMetric(float64((cpuTime()-start).Nanoseconds())/float64(b.N), "cpu-ns/op")
}

// rulebookFiles is the program's own rulebook, read from its files into memory.
func rulebookFiles(tb testing.TB) fstest.MapFS {
	tb.Helper()
	files := fstest.MapFS{}
	dir := os.DirFS("../rules")
	err := fs.WalkDir(dir, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".toml") {
			return err
		}
		text, err := fs.ReadFile(dir, name)
		files[name] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	return files
}

func sizeOf(files fstest.MapFS) int64 {
	size := int64(0)
	for _, f := range files {
		size += int64(len(f.Data))
	}
	return size
}

// benchRulebook gives 30 of the program's rules, and beside them as many as are
// wanted that cannot apply to any entity of benchReport.
func benchRulebook(tb testing.TB, rules int) *checker.Rulebook {
	tb.Helper()
	files := rulebookFiles(tb)
	own := loaded(tb, files)
	left := len(own.Rules)
	if left < benchApplying {
		tb.Fatalf("the rulebook has %d rules, fewer than the %d that are measured", left, benchApplying)
	}
	// Rules that others rest on stay: the last of the rest go.
	for i := len(own.Rules) - 1; left > benchApplying; i-- {
		if id := own.Rules[i].ID; !readByAnother(files, id) {
			delete(files, id+".toml")
			left--
		}
	}
	for i := range rules - benchApplying {
		files[fmt.Sprintf("idle/rule-%03d.toml", i)] = &fstest.MapFile{Data: []byte(idleRule(own.Rules[0].Law, i))}
	}
	book := loaded(tb, files)
	if len(book.Rules) != rules {
		tb.Fatalf("%d rules, not %d", len(book.Rules), rules)
	}
	return book
}

func loaded(tb testing.TB, files fs.FS) *checker.Rulebook {
	tb.Helper()
	book, problems := checker.Load(files)
	if len(problems) > 0 {
		tb.Fatal(problems.Render(80))
	}
	return book
}

func readByAnother(files fstest.MapFS, id string) bool {
	for _, f := range files {
		if strings.Contains(string(f.Data), `finding("`+id+`")`) {
			return true
		}
	}
	return false
}

// idleRule is a rule that cannot apply to benchReport: its trigger needs a fact
// that is false of every entity, or no entity of its kind was found.
func idleRule(law string, i int) string {
	trigger := []struct{ kind, when, at, element string }{
		{"account", "account.deleted", "made_at", "account.hidden && account.enabled"},
		{"account", "account.made && account.remains_after_uninstall", "made_at", `any(notices, "account" in .covers && .at <= account.made_at)`},
		{"file", "file.deleted", "made_at", "file.acl_changed && file.user_access_removed"},
		{"service", "service.changed_by_subject && service.made", "made_at", "service.made_by_subject"},
		{"driver", "driver.made_by_subject", "made_at", "driver.made"},
		{"connection", "", "made_at", "connection.made_by_subject && connection.sends_user_data"},
	}[i%6]
	when := ""
	if trigger.when != "" {
		when = fmt.Sprintf("when = %q\n", trigger.when)
	}
	return fmt.Sprintf(`title   = { ja = "該当しない規則 %[1]d", en = "rule %[1]d that cannot apply" }
law     = %[2]q
regime  = "civil"
asks    = %[3]q
%[4]sat      = "%[3]s.%[5]s"
at_kind = "act"
status  = "draft"
[[place]]
cite = "1"
[[element]]
id   = "element"
name = { ja = "要件", en = "element" }
when = '''%[6]s'''
[base]
[[case]]
says = "none"
`, i, law, trigger.kind, when, trigger.at, trigger.element)
}

// benchReport is a report of so many observations: of each ten, four of an
// account, three of a file, two of a service and one of a process; some made by
// the software and some by others, some fully stated and some not. What a person
// writes by hand (releases, notices, agreements) does not grow with the logs.
func benchReport(tb testing.TB, observations int) *audit.Report {
	tb.Helper()
	r := &audit.Report{
		Format: audit.Format, Title: "bench", Subject: audit.Subject{Name: "the software", Publisher: "publisher"},
		Parties:  []audit.Party{{ID: "user", Name: "user", Role: "user"}, {ID: "publisher", Name: "publisher", Role: "publisher"}},
		Exhibits: []audit.Exhibit{{ID: "E1", Title: "the log", Role: "scene"}, {ID: "E2", Title: "documents", Role: "document"}},
		Examined: []audit.Examination{
			{Kinds: []string{"account", "file", "service", "driver", "connection"}, Exhibit: "E1"},
			{Kinds: []string{"notice", "consent", "agreement", "release", "entrustment"}, Exhibit: "E2"},
		},
		Releases:   records("release", 4, "2012-01-%02dT09:00:00+09:00", map[string]any{"of_subject": true, "offered_by_publisher": true, "to_users": true, "required_for_service": true, "ran_on_users_computer": true, "recipients_knew": false}),
		Notices:    records("notice", 6, "2012-01-%02dT10:00:00+09:00", map[string]any{"to_users": true, "covers": []any{"files", "settings"}}),
		Consents:   records("consent", 3, "2012-01-%02dT11:00:00+09:00", map[string]any{"given": true, "after_notice": true, "covers": []any{"files"}, "by": "user"}),
		Agreements: records("agreement", 3, "2012-01-%02dT12:00:00+09:00", map[string]any{"declared": true, "with_publisher": true, "conditions_told": []any{"fee"}}),
		Fees:       records("fee", 3, "2012-01-%02dT13:00:00+09:00", map[string]any{"paid": true, "amount": int64(13650), "received_by_publisher": true}),
		Entrusted:  records("entrustment", 2, "2012-01-%02dT14:00:00+09:00", map[string]any{"made_by_publisher": true, "of_registration_work": true, "to_association": true}),
		SignIns:    records("sign_in", 4, "2012-01-%02dT15:00:00+09:00", map[string]any{"remote": true, "succeeded": true, "used_anothers_code": true}),
	}
	add := func(o audit.Observation) {
		if len(r.Observed) == observations {
			return
		}
		o.ID, o.Exhibit, o.Basis = fmt.Sprintf("O%05d", len(r.Observed)+1), "E1", audit.Recorded
		o.Locator, o.Excerpt = fmt.Sprintf("record %d", len(r.Observed)+1), "the words of the record"
		r.Observed = append(r.Observed, o)
	}
	// The first two are of the machine and the publisher, which rules of all kinds read.
	add(audit.Observation{Action: "computer.seen", Target: "computer", Shows: map[string]any{"networked": true, "remote_sign_in": true, "asks_for_sign_in": true, "access_administrators": []any{"user"}}})
	add(audit.Observation{Action: "publisher.seen", Target: "publisher", Shows: map[string]any{"accredited": true, "changed_business_method_by_publisher": true}})
	for i := 0; len(r.Observed) < observations; i++ {
		at := when(tb, fmt.Sprintf("2012-02-%02dT%02d:%02d:00+09:00", 1+i%28, i/28%24, i/672%60))
		to := []*audit.Attribution{{To: "subject", Basis: "process-tree"}, {To: "subject", Basis: "hash"}, {To: "other", Basis: "image"}, nil}[i%4]
		account, file, service := fmt.Sprintf("account:a%d", i), fmt.Sprintf("file:f%d", i), fmt.Sprintf("service:s%d", i)
		shows := map[string]any{"deleted": false, "remains_after_uninstall": false, "enabled": true}
		if i%3 == 0 {
			shows["remote_sign_in_allowed"], shows["secret_known_to_publisher"], shows["ordered_by"] = true, i%2 == 0, "user"
		}
		add(audit.Observation{Action: "account.seen", Target: account, At: at, Shows: shows})
		add(audit.Observation{Action: "account.create", Target: account, At: at, Attribution: to})
		add(audit.Observation{Action: "group.add", Target: account, At: at, Group: audit.AdministratorsSID, Attribution: to})
		add(audit.Observation{Action: "account.hide", Target: account, At: at, Attribution: to})
		add(audit.Observation{Action: "file.seen", Target: file, At: at, Shows: map[string]any{"deleted": false, "user_access_removed": i%2 == 0}})
		add(audit.Observation{Action: "file.create", Target: file, At: at, Attribution: to})
		add(audit.Observation{Action: "acl.change", Target: file, At: at, Attribution: to})
		add(audit.Observation{Action: "service.seen", Target: service, At: at, Shows: map[string]any{"changed_by_subject": false}})
		add(audit.Observation{Action: "service.create", Target: service, At: at, Attribution: to})
		add(audit.Observation{Action: "process.start", Target: fmt.Sprintf("process:p%d", i), At: at, Attribution: to})
	}
	return r
}

func records(kind string, n int, at string, facts map[string]any) []audit.Record {
	var rows []audit.Record
	for i := range n {
		row := audit.Record{ID: fmt.Sprintf("%s-%d", kind, i+1), Exhibit: "E2", Basis: audit.Recorded, Facts: map[string]any{"at": fmt.Sprintf(at, 1+i)}}
		for name, v := range facts {
			row.Facts[name] = v
		}
		rows = append(rows, row)
	}
	return rows
}

func when(tb testing.TB, text string) audit.When {
	tb.Helper()
	var w audit.When
	if err := w.FromValue(text); err != nil {
		tb.Fatal(err)
	}
	return w
}
