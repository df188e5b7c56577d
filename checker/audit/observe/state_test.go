package observe

import (
	"strings"
	"testing"
)

// One listing alone shows a state, and says plainly that it shows no change.
func TestListingAlone(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"u.reg", "\ufeffWindows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon\\SpecialAccounts\\UserList]\r\n\"maint\"=dword:00000000\r\n\"shown\"=dword:00000001\r\n",
			"account:maint line 4, listing hidden=true; account:shown line 5, listing hidden=false"},
		{"g.json", `[{"Name":"Administrators","SID":"S-1-5-32-544","ObjectClass":"Group","Complete":true,"Members":[{"Name":"PC\\maint","SID":"S-1-5-21-1-2-3-1002","PrincipalSource":1,"ObjectClass":"User"}]}]` + "\n",
			"account:maint line 1, listing administrator=true"},
	} {
		r := run(t, nil, file(t, c.name, []byte(c.text)))
		source := r.Sources[0]
		if source.Read == 0 || !strings.Contains(strings.Join(source.Notes, " "), "nothing can be said of changes") {
			t.Errorf("%s: %+v", c.name, source)
		}
		var have []string
		for _, o := range r.Report.Observed {
			line := o.Target + " " + o.Locator
			for _, fact := range []string{"hidden", "administrator"} {
				if v, ok := o.Shows[fact]; ok {
					line += " " + fact + "=" + map[bool]string{true: "true", false: "false"}[v.(bool)]
				}
			}
			if o.Action != "account.seen" || o.Attribution != nil || o.Actor != "" {
				t.Errorf("%s: %+v", c.name, o)
			}
			have = append(have, line)
		}
		if strings.Join(have, "; ") != c.want {
			t.Errorf("%s: %q", c.name, have)
		}
	}
}
