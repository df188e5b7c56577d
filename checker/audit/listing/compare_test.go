package listing

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// aces draws the entries of a list, few enough to meet each other.
func aces() *rapid.Generator[[]string] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string {
		return fmt.Sprintf("(%s;%s;%s;;;%s)", rapid.SampledFrom([]string{"A", "D"}).Draw(t, "type"),
			rapid.SampledFrom([]string{"", "ID", "OICI", "OICIID", "OICIIO"}).Draw(t, "flags"),
			rapid.SampledFrom([]string{"FA", "0x1301bf", "0x1200a9", "FR", "WP"}).Draw(t, "rights"),
			rapid.SampledFrom([]string{"BA", "BU", "SY", "S-1-5-21-1-2-3-1002"}).Draw(t, "who"))
	}), 0, 8)
}

func aclOf(t testing.TB, entries []string) Entity {
	d, err := ParseSDDL("D:" + strings.Join(entries, ""))
	if err != nil {
		t.Fatal(err)
	}
	return Entity{Kind: ACL, Name: `C:\鍵`, Security: &d, Complete: true, id: `c:\鍵`, scope: `c:\鍵`}
}

func diff(a, b Entity) []Difference {
	d, _ := diffACL(a, b, names{}, names{})
	return d
}

// TestDiffSame: a list does not differ from itself, and in order only from its
// permutations.
func TestDiffSame(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		list := aces().Draw(rt, "list")
		if d := diff(aclOf(t, list), aclOf(t, list)); len(d) != 0 {
			rt.Fatalf("%v", d)
		}
		for _, one := range diff(aclOf(t, list), aclOf(t, rapid.Permutation(list).Draw(rt, "order"))) {
			if one.What != "order" {
				rt.Fatalf("%v", one)
			}
		}
	})
}

// TestDiffTurned: what is gained one way is lost the other way.
func TestDiffTurned(t *testing.T) {
	turn := func(d Difference) string {
		gained, lost := fmt.Sprint(d.RightsGained), fmt.Sprint(d.RightsLost)
		return fmt.Sprint(d.What, d.SID, d.Deny, gained, lost, d.Effect)
	}
	back := func(d Difference) string {
		d.RightsGained, d.RightsLost = d.RightsLost, d.RightsGained
		switch d.Effect {
		case Gained:
			d.Effect = Lost
		case Lost:
			d.Effect = Gained
		}
		return turn(d)
	}
	rapid.Check(t, func(rt *rapid.T) {
		a, b := aclOf(t, aces().Draw(rt, "a")), aclOf(t, aces().Draw(rt, "b"))
		there, here := []string{}, []string{}
		for _, d := range diff(a, b) {
			there = append(there, turn(d))
		}
		for _, d := range diff(b, a) {
			here = append(here, back(d))
		}
		// Which of several like entries is paired with which depends on their order;
		// how many differ does not.
		if len(there) != len(here) {
			rt.Fatalf("%q\n%q", there, here)
		}
		one := func(list []string) bool { return len(list) == 1 }
		if one(there) && !slices.Equal(there, here) {
			rt.Fatalf("%q\n%q", there, here)
		}
	})
}

// TestDiffAdded: one entry more is one gain, or for a deny entry one loss, of the one
// whom it names.
func TestDiffAdded(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		list := aces().Draw(rt, "list")
		more := aces().Filter(func(l []string) bool { return len(l) > 0 }).Draw(rt, "more")[0]
		got := diff(aclOf(t, list), aclOf(t, append(slices.Clone(list), more)))
		ace := aclOf(t, []string{more}).Security.DACL[0]
		want := Gained
		if ace.Type == Deny {
			want = Lost
		}
		if len(got) != 1 || got[0].Effect != want || got[0].SID != ace.SID || got[0].Inherited != ace.Inherited {
			rt.Fatalf("%s: %v", more, got)
		}
		cut := aclOf(t, list)
		cut.Complete = false
		if d, caveats := diffACL(cut, aclOf(t, append(slices.Clone(list), more)), names{}, names{}); len(d) != 0 || len(caveats) != 1 {
			rt.Fatalf("a cut list before: %v %v", d, caveats)
		}
	})
}

// TestForms compares icacls text with SDDL of the same list, and a name with the SID
// that it became when the account was deleted.
func TestForms(t *testing.T) {
	text := "C:\\鍵 NT AUTHORITY\\SYSTEM:(OI)(CI)(F)\n" +
		"     CREATOR OWNER:(OI)(CI)(IO)(F)\n     BUILTIN\\Users:(I)(RX)\n     PC\\ks-admin:(M)\n\n"
	sddl := "鍵\nD:AI(A;OICI;FA;;;SY)(A;OICIIO;GA;;;CO)(A;ID;0x1200a9;;;BU)(A;;0x1301bf;;;S-1-5-21-1-2-3-1002)\n"
	a := Read("a", []byte(text))
	b := read("b", []byte(sddl), `icacls "C:\鍵" /save b`)
	got := Compare(a, b)
	if len(got) != 0 {
		t.Errorf("the two forms differ:\n%s", dumpChanges(got))
	}
	known := Merge(a, Read("u", []byte(`{"Name":"ks-admin","SID":"S-1-5-21-1-2-3-1002","Enabled":true}`)))
	known.Computer = "PC"
	other := read("b", []byte(strings.Replace(sddl, "1002", "1009", 1)), `icacls "C:\鍵" /save b`)
	if got := dumpChanges(Compare(known, other)); !strings.Contains(got, "entry lost PC\\ks-admin S-1-5-21-1-2-3-1002") ||
		!strings.Contains(got, "entry gained S-1-5-21-1-2-3-1009") {
		t.Errorf("another account is not seen:\n%s", got)
	}
}

// TestHonest holds what must never be said.
func TestHonest(t *testing.T) {
	list := func(names string) string {
		return "\\\\PC のユーザー アカウント\n\n" + strings.Repeat("-", 79) + "\n" + names + "\nコマンドは正常に終了しました。\n"
	}
	empty := Read("e", []byte("\\\\PC のユーザー アカウント\n"))
	one := Read("a", []byte(list("Administrator            鍵")))
	hidden := Read("h", []byte(`[{"Name":"HomeGroupUser$","SID":"S-1-5-21-1-2-3-1005","Enabled":true}]`))
	for name, c := range map[string]struct {
		before, after Snapshot
		want          string
	}{
		"a missing list is no deletion":     {one, empty, "not comparable"},
		"a cut list is no deletion":         {one, Read("c", []byte(strings.TrimSuffix(list("Administrator"), "コマンドは正常に終了しました。\n"))), "not comparable"},
		"net user leaves out names with $":  {one, Merge(one, hidden), "not comparable"},
		"a name with $ is not hidden":       {hidden, hidden, ""},
		"a complete list shows a deletion":  {one, Read("d", []byte(list("Administrator"))), "deleted"},
		"a complete list shows an addition": {Read("d", []byte(list("Administrator"))), one, "created"},
	} {
		verbs := []string{}
		for _, change := range Compare(c.before, c.after) {
			verbs = append(verbs, string(change.Verb))
		}
		if got := strings.Join(verbs, ","); got != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}
