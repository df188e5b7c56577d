package checker

import (
	"fmt"
	"strings"
	"testing"

	"jobun/checker/audit"
	"jobun/internal/day"
)

// Parts of reports for the tables below.
const (
	lookedFor        = "[[examined]]\nkinds = [\"consent\", \"account\"]\nexhibit = \"E1\"\n"
	lookedElsewhere  = "[[examined]]\nkinds = [\"consent\", \"account\"]\nexhibit = \"E2\"\n"
	saidToHaveLooked = lookedFor + "basis = \"alleged\"\n"
	lookedIn2012     = lookedFor + "from = 2012-01-01\nuntil = 2012-12-31\n"
)

func consent(id, facts, basis string) string {
	return fmt.Sprintf("[[consent]]\nid = %q\nexhibit = \"E1\"\nbasis = %q\n%s\n", id, basis, facts)
}

func TestLists(t *testing.T) {
	given, refused, silent := consent("c1", "given = true", "recorded"), consent("c2", "given = false", "recorded"), consent("c3", "", "recorded")
	saidGiven, saidRefused := consent("c4", "given = true", "alleged"), consent("c5", "given = false", "alleged")
	groups := seen("o1", "a", `groups = ["S-1", "S-2"]`, "recorded")
	saidGroups := seen("o2", "a", `groups = ["S-3"]`, "alleged")
	any, none := "any(consents, .given)", "none(consents, .given)"
	for _, c := range []struct{ report, cond, want, missing string }{
		{"", any, "unknown", "consents"},
		{"", none, "unknown", "consents"},
		{lookedFor, any, "false", ""},
		{lookedFor, none, "true", ""},
		{saidToHaveLooked, any, "false, alleged", ""},
		{saidToHaveLooked, none, "true, alleged", ""},
		{saidToHaveLooked + lookedElsewhere, any, "false", ""},
		{lookedIn2012, any, "unknown", "consents"}, // the condition has no day of its own
		{given, any, "true", ""},
		{given, none, "false", ""},
		{saidGiven, any, "true, alleged", ""},
		{saidGiven + given, any, "true", ""},
		{refused, any, "unknown", "consents"},
		{lookedFor + refused, any, "false", ""},
		{lookedFor + saidRefused, any, "false, alleged", ""},
		{lookedFor + silent, any, "unknown", "consent.given"},
		{silent, any, "unknown", "consents consent.given"},
		{lookedFor + silent + given, any, "true", ""},
		{lookedFor + silent + given, none, "false", ""},
		{lookedFor + silent + refused, none, "unknown", "consent.given"},
		{lookedFor + refused, "none(consents, not .given)", "false", ""},
		{groups, `"S-1" in account.groups`, "true", ""},
		{groups, `"S-9" in account.groups`, "unknown", "account.groups"},
		{lookedElsewhere + groups, `"S-9" in account.groups`, "unknown", "account.groups"}, // looked for, but not where the list is from
		{lookedFor + groups, `"S-9" in account.groups`, "false", ""},
		{saidToHaveLooked + groups, `"S-9" in account.groups`, "false, alleged", ""},
		{saidToHaveLooked + groups, `"S-1" in account.groups`, "true", ""},
		{saidGroups, `"S-3" in account.groups`, "true, alleged", ""},
		{groups + saidGroups, `"S-1" in account.groups`, "true", ""},
		{groups + saidGroups, `"S-3" in account.groups`, "true, alleged", ""},
		{lookedFor + groups + saidGroups, `"S-9" in account.groups`, "false", ""},
		{"", `"S-1" in account.groups`, "unknown", "account.groups"},
		{groups, `account.sid in account.groups`, "unknown", "account.sid"},
		{"", `"S-1" in ["S-1"]`, "true", ""},
		{"", `"S-2" in ["S-1"]`, "false", ""},
		{"", `"S-2" not in ["S-1"]`, "true", ""},
	} {
		why := ask(t, condition(t, c.cond), audit.Fold(report(t, c.report)))
		have := why.Value.String()
		if why.Alleged() {
			have += ", alleged"
		}
		if missing := strings.Join(names(why.MissingFacts()), " "); have != c.want || missing != c.missing {
			t.Errorf("%s is %s, missing %q; want %s, missing %q, of\n%s", c.cond, have, missing, c.want, c.missing, c.report)
		}
	}
}

// An examination of a time counts for a finding whose day lies in it.
func TestExaminedForATime(t *testing.T) {
	facts := audit.Fold(report(t, lookedIn2012))
	cond := condition(t, "any(consents, .given)")
	for _, c := range []struct {
		anchor string
		want   Tri
	}{{"2012-02-05", False}, {"2012", False}, {"2011-12-31/2012-01-01", Unknown}, {"2013-01-01", Unknown}} {
		span, err := day.ParseSpan(c.anchor)
		if err != nil {
			t.Fatal(err)
		}
		why, err := cond.evaluate(env{run: newRun(&Rulebook{}, facts, nil), self: facts.Entity("account", "account:a", "a"), span: span})
		if err != nil || why.Value != c.want {
			t.Errorf("on %s: %s, %v; want %s", c.anchor, why.Value, err, c.want)
		}
	}
}

func TestComparisons(t *testing.T) {
	for _, c := range []struct{ facts, cond, want string }{
		// Of two on one day it is not known which came first.
		{"made_at = 2012-02-05, deleted_at = 2012-02-05", "account.made_at < account.deleted_at", "unknown"},
		{"made_at = 2012-02-05, deleted_at = 2012-02-05", "account.made_at <= account.deleted_at", "unknown"},
		{"made_at = 2012-02-05, deleted_at = 2012-02-05", "account.made_at == account.deleted_at", "true"},
		{"made_at = 2012-02-05, deleted_at = 2012-02-06", "account.made_at < account.deleted_at", "true"},
		{"made_at = 2012-02-05, deleted_at = 2012-02-06", "account.made_at >= account.deleted_at", "false"},
		{`made_at = "2012-02", deleted_at = 2012-02-29`, "account.made_at < account.deleted_at", "unknown"},
		{`made_at = "2012-02", deleted_at = 2012-03-01`, "account.made_at < account.deleted_at", "true"},
		{"made_at = 2012-02-05T09:00:00+09:00, deleted_at = 2012-02-05T09:00:01+09:00", "account.made_at < account.deleted_at", "true"},
		{"made_at = 2012-02-05T09:00:00+09:00, deleted_at = 2012-02-05T00:00:00Z", "account.made_at < account.deleted_at", "false"},
		{"made_at = 2012-02-05T09:00:00+09:00, deleted_at = 2012-02-05T00:00:00Z", "account.made_at == account.deleted_at", "true"},
		{"made_at = 2012-02-05T09:00:00+09:00, deleted_at = 2012-02-05", "account.made_at < account.deleted_at", "unknown"},
		{"made_at = 2012-02-05T09:00:00, deleted_at = 2012-02-05T10:00:00", "account.made_at < account.deleted_at", "unknown"}, // no zone
		// A day that a rule writes out is a whole day.
		{"made_at = 2012-05-01", `account.made_at >= "2012-05-01"`, "true"},
		{"made_at = 2012-04-30", `account.made_at >= "2012-05-01"`, "false"},
		{"made_at = 2012-04-30T23:59:59Z", `account.made_at >= "2012-05-01"`, "true"}, // already May in Tokyo
		{`made_at = "2012-04-30/2012-05-01"`, `account.made_at >= "2012-05-01"`, "unknown"},
		{"sid = \"管理者\"", `account.sid contains "理"`, "true"},
		{"sid = \"管理者\"", `account.sid startsWith "理"`, "false"},
		{"sid = \"管理者\"", `account.sid endsWith "者"`, "true"},
		{"sid = \"管理者\"", `account.sid matches "^管.者$"`, "true"},
		{"sid = \"x\"", `account.sid != "y"`, "true"},
		{"", `account.sid != "y"`, "unknown"},
		{"made = true, hidden = false", "account.made == account.hidden", "false"},
		{"made = true, hidden = false", "account.made != account.hidden", "true"},
		{"made = true", "account.made != account.hidden", "unknown"},
		{"", "1 < 2", "true"},
		{"", "2 <= 1", "false"},
	} {
		facts := audit.NewFacts()
		if c.facts != "" {
			facts = audit.Fold(report(t, seen("o1", "a", c.facts, "recorded")))
		}
		if have := ask(t, condition(t, c.cond), facts).Value.String(); have != c.want {
			t.Errorf("%s of %s is %s, want %s", c.cond, c.facts, have, c.want)
		}
	}
}

// A comparison with a written-out day holds if it holds for every day that the
// two could be, and fails if it holds for none.
func TestWholeDaysAgainstEveryDay(t *testing.T) {
	at := func(d int) day.Date { return day.Date{Year: 2012, Month: 5, Day: d} }
	for _, word := range []string{"==", "!=", "<", "<=", ">", ">="} {
		for n := range 5 * 5 * 5 * 5 {
			aFrom, aTo, bFrom, bTo := n%5+1, n/5%5+1, n/25%5+1, n/125%5+1
			if aTo < aFrom || bTo < bFrom {
				continue
			}
			some, every := false, true
			for a := aFrom; a <= aTo; a++ {
				for b := bFrom; b <= bTo; b++ {
					holds := map[string]bool{"==": a == b, "!=": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[word]
					some, every = some || holds, every && holds
				}
			}
			want := Unknown
			if every {
				want = True
			} else if !some {
				want = False
			}
			a, b := day.Span{From: at(aFrom), To: at(aTo)}, day.Span{From: at(bFrom), To: at(bTo)}
			if have := wholeDays(word, a, b); have != want {
				t.Errorf("%d–%d %s %d–%d is %s, want %s", aFrom, aTo, word, bFrom, bTo, have, want)
			}
		}
	}
}

func TestNumbersAtTheEdges(t *testing.T) {
	const most, least = "9223372036854775807", "-9223372036854775808"
	for _, c := range []struct {
		amount, cond string
		want         Tri
	}{
		{"7245", "any(fees, .amount == 7245)", True},
		{"7245", "any(fees, .amount < 7245)", False},
		{least, "any(fees, .amount < 1)", True},
		{least, "any(fees, .amount > 1)", False},
		{most, "any(fees, .amount > 1)", True},
		{most, "any(fees, .amount == " + most + ")", True},
	} {
		text := "[[examined]]\nkinds = [\"fee\"]\nexhibit = \"E1\"\n[[fee]]\nid = \"f\"\nexhibit = \"E1\"\nbasis = \"recorded\"\namount = " + c.amount + "\n"
		if have := ask(t, condition(t, c.cond), audit.Fold(report(t, text))).Value; have != c.want {
			t.Errorf("%s of %s is %s, want %s", c.cond, c.amount, have, c.want)
		}
	}
}

// What an answer rests on: the operands that decide it, records before
// allegations.
func TestDecidingFacts(t *testing.T) {
	for _, c := range []struct{ stated, cond, want string }{
		{seen("o", "a", "made = true, hidden = true", "recorded"), "account.made && account.hidden", "made hidden"},
		{seen("o", "a", "made = false, hidden = true", "recorded"), "account.made && account.hidden", "made"},
		{seen("o", "a", "made = true, hidden = false", "recorded"), "account.made || account.hidden", "made"},
		{seen("o", "a", "made = true", "alleged") + seen("p", "a", "hidden = true", "recorded"), "account.made || account.hidden", "hidden"},
		{seen("o", "a", "made = true", "alleged"), "account.made || account.hidden", "made"},
		{seen("o", "a", "made = true", "recorded") + seen("p", "b", "made = false", "recorded"), "any(accounts, .made)", "made"},
	} {
		var have []string
		for _, f := range ask(t, condition(t, c.cond), audit.Fold(report(t, c.stated))).Deciding() {
			have = append(have, f.Field.Name)
		}
		if strings.Join(have, " ") != c.want {
			t.Errorf("%s rests on %v, want %s", c.cond, have, c.want)
		}
	}
}
