package source

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
)

type hostile struct{ name, file, text, code string }

func hostileTexts() []hostile {
	rep := strings.Repeat
	var keys, flat, tables strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&keys, "k%d=1\n", i)
		fmt.Fprintf(&flat, `"k%d":1,`, i)
		fmt.Fprintf(&tables, "[[t]]\nx=%d\n", i)
	}
	long := rep("k", 1<<20)
	return []hostile{
		{"brackets", "a.toml", rep("[", 1_000_000), CodeLimit},
		{"a list in a list", "a.toml", "a = " + rep("[", 1_000_000) + rep("]", 1_000_000), CodeLimit},
		{"a table in a table", "a.toml", "a = " + rep("{a=", 100_000) + "1" + rep("}", 100_000), CodeLimit},
		{"a dotted key", "a.toml", rep("a.", 100_000) + "a = 1", CodeLimit},
		{"a dotted key with spaces", "a.toml", rep("a . ", 100_000) + "a = 1", CodeLimit},
		{"a dotted key in quotes", "a.toml", rep(`"a".`, 100_000) + "a = 1", CodeLimit},
		{"a dotted header", "a.toml", "[" + rep("a.", 100_000) + "a]", CodeLimit},
		{"headers under a long one", "a.toml", "[" + long + "]\n" + keys.String(), CodeLimit},
		{"a long key in the way of many", "a.json", `{"` + long + `":{` + flat.String() + `"z":1}}`, CodeLimit},
		{"many keys", "a.toml", keys.String(), ""},
		{"many tables", "a.toml", tables.String(), ""},
		{"many keys on one line", "a.json", "{" + flat.String() + `"z":1}`, ""},
		{"a list too long", "a.toml", "a = [" + rep("1,", 2_000_000) + "]", CodeLimit},
		{"a list too long in JSON", "a.json", `{"a": [` + rep("1,", 2_000_000) + "1]}", CodeLimit},
		{"deep JSON", "a.json", `{"a":` + rep("[", 1_000_000), CodeLimit},
		{"deep JSON tables", "a.json", rep(`{"a":`, 1_000_000), CodeLimit},
		{"deep JSON, closed", "a.json", `{"a":` + rep("[", 1_000_000) + rep("]", 1_000_000) + "}", CodeLimit},
		{"the same key again", "a.toml", rep("a=1\n", 200_000), CodeDuplicate},
		{"the same key again in JSON", "a.json", "{" + rep(`"a":1,`, 200_000) + `"a":1}`, CodeDuplicate},
		{"a string without end", "a.toml", "a = \"\"\"" + rep("\\", 1_000_000), CodeSyntax},
		{"escaped line ends", "a.toml", "a = \"\"\"" + rep("\\\n", 1_000_000) + "\"\"\"", ""},
		{"comments", "a.toml", "a = [" + rep("#\n", 1_000_000) + "]", ""},
		{"a table on one line", "a.toml", "a.b.c.d.e.f = { " + strings.ReplaceAll(keys.String(), "\n", ", ") + " z = 1 }", ""},
		{"quotes", "a.toml", rep(`"`, 1_000_000), CodeSyntax},
		{"line ends", "a.toml", rep("\r\n", 1_000_000), ""},
		{"bytes", "a.toml", rep("\xff\n", 1_000_000), CodeText},
		{"too long", "a.toml", rep("#", 17<<20), CodeLimit},
		{"a long number", "a.toml", "a = " + rep("9", 1_000_000), CodeSyntax},
		{"a long number in JSON", "a.json", `{"a":` + rep("9", 1_000_000) + "}", CodeValue},
		{"a long date", "a.toml", "a = 2012-" + rep("9", 1_000_000), CodeSyntax},
	}
}

// Each hostile text has to be done with in a time and an amount of memory that a person
// does not notice, and what cannot be read has to say so.
func TestHostile(t *testing.T) {
	for _, c := range hostileTexts() {
		t.Run(c.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			tree, ps := Parse(File{Name: c.file, Text: []byte(c.text)}, Limits{})
			if tree != nil {
				ps = tree.Decode(&element{})
				ps.Sort()
			}
			printed := ps.Render(80) + ps.Error()
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			used := (after.TotalAlloc - before.TotalAlloc) >> 20
			t.Logf("%v, %d MB in all, %d problems", took.Round(time.Millisecond), used, len(ps))
			if took > 20*time.Second || used > 1500 || len(printed) > 200_000 {
				t.Errorf("took %v and %d MB to print %d bytes", took, used, len(printed))
			}
			switch {
			case (tree == nil) != (c.code != ""):
				t.Errorf("read: %v, want code %q", tree != nil, c.code)
			case c.code != "" && ps[0].Code != c.code:
				t.Errorf("%v, want code %s", ps[0].Render(80), c.code)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	for _, c := range []struct {
		text   string
		limits Limits
		ok     bool
	}{
		{"a.b.c = 1", Limits{Depth: 3}, true},
		{"a.b.c = 1", Limits{Depth: 2}, false},
		{"a = [[1]]", Limits{Depth: 3}, true},
		{"a = [[1]]", Limits{Depth: 2}, false},
		{"a = [1, 2]\n", Limits{Nodes: 3}, true},
		{"a = [1, 2]\n", Limits{Nodes: 2}, false},
		{"[[a]]\n[[a]]\n[[a]]", Limits{Nodes: 4}, true},
		{"[[a]]\n[[a]]\n[[a]]", Limits{Nodes: 3}, false},
		{`{"a": [[1]]}`, Limits{Depth: 3}, true},
		{`{"a": [[1]]}`, Limits{Depth: 2}, false},
		{`{"a": [1, 2]}`, Limits{Nodes: 3}, true},
		{`{"a": [1, 2]}`, Limits{Nodes: 2}, false},
		{"a = 1", Limits{Bytes: 5}, true},
		{"a = 1", Limits{Bytes: 4}, false},
		{"# [[[[[[[[ a.b.c.d.e\na = '[[[[[' # '\nb = '''\n'[[[' \"\"\" '''\n" + `c = """ \""" [[[[ """""` + "\n", Limits{Depth: 2}, true},
	} {
		_, ps := Parse(File{Name: "a", Text: []byte(c.text)}, c.limits)
		if (len(ps) == 0) != c.ok || !c.ok && ps[0].Code != CodeLimit {
			t.Errorf("%q in %+v: %v", c.text, c.limits, ps)
		}
	}
}
