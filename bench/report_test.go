package bench

import (
	"fmt"
	"testing"
	"time"

	"jobun/checker/audit"
	"jobun/internal/day"
)

// benchReport is a report with so many accounts, releases, sign-ins, certificates
// and agreements, over a year, and the few notices, consents and fees that a
// person writes. With gaps about one fact in five of each entity is not stated,
// one notice, consent and fee lack a fact, and fees were looked for only until
// the end of September.
func benchReport(tb testing.TB, entities int, gaps bool) *audit.Report {
	tb.Helper()
	r := &audit.Report{
		Format: audit.Format, Title: "bench", Subject: audit.Subject{Name: "the software"},
		Exhibits: []audit.Exhibit{{ID: "E1", Title: "everything", Role: "scene"}},
		Examined: []audit.Examination{{Kinds: []string{"computer", "account", "certificate", "release", "sign_in", "agreement", "notice", "consent"}, Exhibit: "E1"}},
	}
	fees := audit.Examination{Kinds: []string{"fee"}, Exhibit: "E1"}
	if gaps {
		fees.From, fees.Until = when(tb, "2012-01-01"), when(tb, "2012-09-30")
	}
	r.Examined = append(r.Examined, fees)
	observe := func(i int, action, target string, shows map[string]any, at audit.When) {
		r.Observed = append(r.Observed, audit.Observation{ID: fmt.Sprintf("O%05d", len(r.Observed)+1), At: at, Action: action, Target: target, Shows: shows, Exhibit: "E1", Basis: audit.Recorded})
	}
	observe(0, "computer.seen", "computer", map[string]any{"access_administrators": []any{"user", "family"}}, audit.When{})
	for i := range entities {
		observe(i, "account.create", fmt.Sprintf("account:%d", i), stated(gaps, i, []property{
			{"enabled", i%4 != 0}, {"remote_sign_in_allowed", i%3 != 0}, {"secret_known_to_publisher", i%2 == 0},
			{"ordered_by", []string{"user", "dealer", "family", "publisher"}[i%4]}, {"made_remotely", i%7 == 0},
		}), anchor(tb, gaps, i, 1))
		observe(i, "certificate.revoke", fmt.Sprintf("certificate:%d", i), stated(gaps, i, []property{
			{"revoked_ground", []string{"その他の事由", "利用者の請求", "鍵の危殆化", "規定第十条その他"}[i%4]},
		}), anchor(tb, gaps, i, 2))
		r.Releases = append(r.Releases, record(gaps, "release", i, []property{
			{"at", date(i, 3)}, {"offered_by_publisher", i%5 != 1}, {"reached_users_computer", i%2 == 0}, {"ran_on_users_computer", i%3 == 0}, {"exceeds_examined_version", i%4 < 2},
		}))
		r.SignIns = append(r.SignIns, record(gaps, "sign_in", i, []property{
			{"at", date(i, 4)}, {"administrator_agreed", i%3 == 0}, {"code_holder_agreed", i%4 == 0},
		}))
		r.Agreements = append(r.Agreements, record(gaps, "agreement", i, []property{
			{"at", date(i, 5)}, {"conditions_told", [][]any{{"fee"}, {"fee", "account"}, {}}[i%3]},
		}))
	}
	// Of the first members each fails one operand of a condition.
	for j := range 8 {
		at := fmt.Sprintf("2012-%02d-15T12:00:00+09:00", 2+j)
		lacks := func(k int) bool { return gaps && j == k }
		r.Notices = append(r.Notices, member("notice", j, map[string]any{"at": at, "to_users": j != 2, "covers": [][]any{{"fee"}, {"files", "settings"}, {"account"}, {"account", "files"}}[j%4]}, lacks(3), "to_users"))
		r.Consents = append(r.Consents, member("consent", j, map[string]any{"at": at, "given": j != 1, "after_notice": j != 0, "covers": []any{[]string{"account", "files"}[j%4/3], "settings"}, "by": []string{"user", "family", "dealer", "user", "family", "user", "user", "user"}[j]}, lacks(4), "by"))
		r.Fees = append(r.Fees, member("fee", j, map[string]any{"at": at, "refunded": j > 3, "paid": true, "amount": int64(13650)}, lacks(3), "refunded"))
	}
	return r
}

// property is a fact to be stated.
type property struct {
	name  string
	value any
}

// stated leaves out, with gaps, about one property in five.
func stated(gaps bool, i int, properties []property) map[string]any {
	facts := map[string]any{}
	for k, p := range properties {
		if !gaps || (i+3*k)%5 != 0 {
			facts[p.name] = p.value
		}
	}
	return facts
}

func record(gaps bool, kind string, i int, properties []property) audit.Record {
	return audit.Record{ID: fmt.Sprintf("%s-%d", kind, i), Exhibit: "E1", Basis: audit.Recorded, Facts: stated(gaps, i, properties)}
}

func member(kind string, j int, facts map[string]any, lacks bool, field string) audit.Record {
	if lacks {
		delete(facts, field)
	}
	return audit.Record{ID: fmt.Sprintf("%s-%d", kind, j), Exhibit: "E1", Basis: audit.Recorded, Facts: facts}
}

func anchor(tb testing.TB, gaps bool, i, minute int) audit.When {
	tb.Helper()
	if gaps && i%6 == 5 {
		return audit.When{}
	}
	return when(tb, date(i, minute))
}

// date spreads entities over a year. No two things happen at one moment.
func date(i, minute int) string {
	at := time.Date(2012, 1, 1, i%24, minute, 0, 0, time.FixedZone("", 9*60*60))
	return at.AddDate(0, 0, i*37%366).Format(time.RFC3339)
}

func when(tb testing.TB, text string) audit.When {
	tb.Helper()
	var w audit.When
	if err := w.FromValue(text); err != nil {
		tb.Fatal(err)
	}
	return w
}

// lists are the lists that conditions walk.
func lists() []struct{ plural, kind string } {
	return []struct{ plural, kind string }{{"notices", "notice"}, {"consents", "consent"}, {"fees", "fee"}}
}

// complete reports whether a list is complete for an entity dated by a fact that
// may not be stated: jobun asks for an examination that covers the day.
func complete(facts *audit.Facts, list string, dated *audit.Fact) bool {
	span := day.Span{}
	if dated != nil {
		span = dated.Value.Date
	}
	return len(facts.Examined(list, span)) > 0
}

// moment is when a date fact happened.
func moment(f *audit.Fact) time.Time {
	at, err := time.Parse(time.RFC3339, f.Value.Date.Time)
	if err != nil {
		panic(fmt.Sprintf("%s is not a time of day: the rivals compare only those", f.Name()))
	}
	return at
}
