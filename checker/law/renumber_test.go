package law

import (
	"testing"

	"pgregory.net/rapid"
)

func TestAt(t *testing.T) {
	l := must(t, rulebook(t), "unauthorized-access")
	for _, c := range []struct {
		place, on, asOf string
		want            string // "" for no counterpart
		moved           bool
	}{
		{"3(1)", "2012-04-30", "2012-05-01", "3", true},
		{"3(2)(i)", "2012-04-30", "2026-01-01", "2(4)(i)", true},
		{"3(2)(ii)", "2012-03-01", "2026-01-01", "2(4)(ii)", true},
		{"3(2)(iii)", "2000-02-13", "2012-11-01", "2(4)(iii)", true},
		{"3(2)", "2012-04-30", "2012-05-01", "2(4)", true},
		{"4", "2012-04-30", "2012-05-01", "5", true},
		{"5", "2012-04-30", "2012-05-01", "8", true},
		{"6(3)", "2012-04-30", "2012-05-01", "9(3)", true},
		{"7(1)", "2012-04-30", "2012-05-01", "10(1)", true},
		{"7(2)", "2012-04-30", "2012-05-01", "10(3)", true},
		{"8(i)", "2012-04-30", "2012-05-01", "11", true},
		{"8(ii)", "2012-04-30", "2012-05-01", "12(v)", true},
		{"8", "2012-04-30", "2012-05-01", "11", true},
		{"9", "2012-04-30", "2012-05-01", "13", true},
		// The 項 of an article that has one changes nothing.
		{"8(1)(i)", "2012-03-01", "2026-01-01", "11", true},
		{"8(1)(ii)", "2012-03-01", "2026-01-01", "12(v)", true},
		{"8(1)", "2012-04-30", "2012-05-01", "11", true},
		{"9(1)", "2012-04-30", "2012-05-01", "13", true},
		{"1(1)", "2012-04-30", "2012-05-01", "1(1)", false},
		{"12(1)(v)", "2012-05-01", "2012-04-30", "8(ii)", true},
		{"11(1)", "2012-05-01", "2012-04-30", "8(i)", true},
		{"3(1)", "2012-05-01", "2012-04-30", "3(1)", true},
		{"14(1)", "2026-01-01", "2011-01-01", "", true},
		{"2(3)", "2012-04-30", "2012-05-01", "2(3)", false},
		{"3(2)(ii)", "2012-03-01", "2012-04-30", "3(2)(ii)", false},
		{"2(4)(ii)", "2012-05-01", "2026-01-01", "2(4)(ii)", false},
		// backwards
		{"3", "2026-01-01", "2012-04-30", "3(1)", true},
		{"2(4)", "2012-05-01", "2012-04-30", "3(2)", true},
		{"2(4)(ii)", "2012-05-01", "2012-04-30", "3(2)(ii)", true},
		{"5", "2012-05-01", "2012-04-30", "4", true},
		{"8", "2012-05-01", "2012-04-30", "5", true},
		{"9(3)", "2012-05-01", "2012-04-30", "6(3)", true},
		{"10(1)", "2012-05-01", "2012-04-30", "7(1)", true},
		{"10(3)", "2012-05-01", "2012-04-30", "7(2)", true},
		{"11", "2012-05-01", "2012-04-30", "8(i)", true},
		{"12(v)", "2012-05-01", "2012-04-30", "8(ii)", true},
		{"12(ii)", "2012-05-01", "2012-04-30", "9", true},
		{"13", "2012-05-01", "2012-04-30", "9", true},
		{"4", "2012-05-01", "2012-04-30", "", true},
		{"7(i)", "2012-05-01", "2012-04-30", "", true},
		{"9(5)", "2012-05-01", "2012-04-30", "", true},
		{"10(2)", "2012-05-01", "2012-04-30", "", true},
		{"12(iv)", "2012-05-01", "2012-04-30", "", true},
		{"14", "2012-11-01", "2012-10-31", "", true},
		{"14", "2026-01-01", "2011-01-01", "", true},
	} {
		got := l.At(places(t, c.place)[0], date(t, c.on), date(t, c.asOf))
		if got.Now.String() != c.want || got.Moved != c.moved {
			t.Errorf("%s of %s on %s: %s, moved %v; want %s, %v", c.place, c.on, c.asOf, got.Now, got.Moved, c.want, c.moved)
		}
		if got.Moved && got.By.By.Ja == "" {
			t.Errorf("%s of %s on %s: moved by nothing", c.place, c.on, c.asOf)
		}
	}
	both := l.At(places(t, "9")[0], date(t, "2012-04-30"), date(t, "2012-05-01"))
	if len(both.Also) != 1 || both.Also[0].String() != "12(ii)" || both.By.By.Ja != "平成24年法律第12号" {
		t.Errorf("old article 9: %+v", both)
	}
}

// Where nothing was renumbered a place is itself on every day, and a day's own
// numbering never moves.
func TestAtIsIdentity(t *testing.T) {
	book := rulebook(t)
	days := []string{"1999-01-01", "2012-04-30", "2012-05-01", "2012-11-01", "2026-01-01"}
	rapid.Check(t, func(r *rapid.T) {
		p := anyPlace().Draw(r, "place")
		on := date(t, rapid.SampledFrom(days).Draw(r, "on"))
		asOf := date(t, rapid.SampledFrom(days).Draw(r, "as of"))
		for _, l := range book.Laws() {
			if len(l.moves) > 0 {
				asOf = on
			}
			if got := l.At(p, on, asOf); got.Now != p || got.Then != p || got.Moved {
				r.Fatalf("%s: %s of %s is %s on %s", l.ID, p, on, got.Now, asOf)
			}
		}
	})
}

// A place followed to another day and back is at home again, unless it was
// joined with others or has no counterpart.
func TestAtAndBack(t *testing.T) {
	l := must(t, rulebook(t), "unauthorized-access")
	old, now := date(t, "2012-03-01"), date(t, "2026-01-01")
	for _, s := range []string{"1", "2(1)", "2(3)", "3(1)", "3(2)", "3(2)(i)", "3(2)(ii)", "3(2)(iii)", "4", "5", "6(1)", "6(4)", "7(1)", "7(2)", "8(i)", "8(ii)", "9"} {
		p := places(t, s)[0]
		if got := l.At(l.At(p, old, now).Now, now, old).Now; got != p {
			t.Errorf("%s comes back as %s", s, got)
		}
	}
}
