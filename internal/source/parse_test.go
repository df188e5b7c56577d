package source

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

func mustParse(t *testing.T, name, text string) *Tree {
	t.Helper()
	tree, ps := Parse(File{Name: name, Text: []byte(text)}, Limits{})
	if len(ps) > 0 {
		t.Fatalf("%s", ps.Render(80))
	}
	return tree
}

const placesText = `title = { ja = "隠し", en = "x" }
"管理者" = 1	# 注
	deep.er.key	=	[ 1, "二", { "三" = 3 },
  # ] not the end
  [ true, ],
]

[[element]]
id = 'a'
[element.ask]
ja = """
行い
か"""

[[element]]
id = 'b'
ask = { ja = 'は', "en.x" = [] }
[sub.table]
at = 2012-03-07
`

func TestPlaces(t *testing.T) {
	text := placesText
	for _, variant := range []struct {
		name, text string
	}{
		{"as it is", text},
		{"with a byte order mark", "\ufeff" + text},
		{"with CR LF", strings.ReplaceAll(text, "\n", "\r\n")},
	} {
		tree := mustParse(t, "a.toml", variant.text)
		for _, c := range []struct {
			path    string
			keyLine int
			keyCol  int
			key     string
			valLine int
			valCol  int
			val     string
		}{
			{"title", 1, 1, "title", 1, 9, `{ ja = "隠し", en = "x" }`},
			{"title.ja", 1, 11, "ja", 1, 16, `"隠し"`},
			{"title.en", 1, 22, "en", 1, 27, `"x"`},
			{`"管理者"`, 2, 1, `"管理者"`, 2, 9, "1"},
			{"管理者", 2, 1, `"管理者"`, 2, 9, "1"},
			{"deep", 3, 2, "deep", 3, 2, "deep"},
			{"deep.er", 3, 7, "er", 3, 7, "er"},
			{"deep.er.key", 3, 10, "key", 3, 16, "[ 1, "},
			{"deep.er.key[1]", 3, 21, `"`, 3, 21, `"二"`},
			{`deep.er.key[2]`, 3, 26, `{`, 3, 26, `{ "三" = 3 }`},
			{`deep.er.key[2]."三"`, 3, 28, `"三"`, 3, 34, `3`},
			{"deep.er.key[3]", 5, 3, "[", 5, 3, "[ true, ]"},
			{"deep.er.key[3][0]", 5, 5, "t", 5, 5, "true"},
			{"element[0]", 8, 3, "element", 8, 3, "element"},
			{"element[0].id", 9, 1, "id", 9, 6, "'a'"},
			{"element[0].ask", 10, 10, "ask", 10, 10, "ask"},
			{"element[0].ask.ja", 11, 1, "ja", 11, 6, `"""`},
			{"element[0].ask.en", 10, 10, "ask", 10, 10, "ask"},
			{"element[1]", 15, 3, "element", 15, 3, "element"},
			{"element[1].ask.ja", 17, 9, "ja", 17, 14, `'は'`},
			{`element[1].ask."en.x"`, 17, 19, `"en.x"`, 17, 28, `[]`},
			{"element[7].x.y", 8, 3, "element", 8, 3, "element"},
			{"sub.table.at", 19, 1, "at", 19, 6, "2012-03-07"},
			{"nothing", 1, 1, "", 1, 1, ""},
		} {
			check := func(what string, got Pos, line, col int, text string) {
				at := variant.text[got.Offset : got.Offset+got.Length]
				if got.Line != line || got.Col != col || !strings.HasPrefix(at, text) || text == "" && at != "" {
					t.Errorf("%s: %s of %s is %d:%d %q, want %d:%d %q",
						variant.name, what, c.path, got.Line, got.Col, at, line, col, text)
				}
			}
			check("key", tree.Key(c.path), c.keyLine, c.keyCol, c.key)
			check("value", tree.At(c.path), c.valLine, c.valCol, c.val)
		}
	}
}

func TestPlacesJSON(t *testing.T) {
	text := "{\n\t\"管理者\": {\"a.b\": [1, -2.5e1, {\"x\" : null}]},\n  \"e\\u00e9\":\ttrue , \"z\": \"隠\"\n}"
	for _, bom := range []string{"", "\ufeff"} {
		tree := mustParse(t, "a", bom+text)
		for _, c := range []struct {
			path      string
			key, val  string
			line, col int
		}{
			{"", "{", "{\n\t\"管理者\"", 1, 1},
			{"管理者", `"管理者"`, `{"a.b"`, 2, 9},
			{`管理者."a.b"`, `"a.b"`, `[1, -2.5e1, {"x" : null}]`, 2, 17},
			{`管理者."a.b"[1]`, `-`, `-2.5e1`, 2, 21},
			{`管理者."a.b"[2]`, `{`, `{"x" : null}`, 2, 29},
			{`管理者."a.b"[2].x`, `"x"`, `null`, 2, 36},
			{"eé", `"e\u00e9"`, "true", 3, 14},
			{"z", `"z"`, `"隠"`, 3, 26},
		} {
			key, val := tree.Key(c.path), tree.At(c.path)
			text := bom + text
			if got := text[key.Offset : key.Offset+key.Length]; got != c.key {
				t.Errorf("key of %s is %q, want %q", c.path, got, c.key)
			}
			if got := text[val.Offset : val.Offset+val.Length]; !strings.HasPrefix(got, c.val) || val.Line != c.line || val.Col != c.col {
				t.Errorf("value of %s is %d:%d %q, want %d:%d %q", c.path, val.Line, val.Col, got, c.line, c.col, c.val)
			}
		}
	}
}

func TestValues(t *testing.T) {
	tree := mustParse(t, "a.toml", `
s = "a\tb"
i = 0x10
f = 1e3
b = true
d = 2012-03-07
dt = 2012-03-07T01:02:03
tm = 01:02:03
off = 2012-03-07T01:02:03+09:00
list = [{a = 1}]
[[t]]
x = 1
`)
	want := map[string]any{
		"s": "a\tb", "i": int64(16), "f": 1000.0, "b": true,
		"list": []any{map[string]any{"a": int64(1)}},
		"t":    []any{map[string]any{"x": int64(1)}},
	}
	root := tree.Root()
	for k, v := range want {
		if !reflect.DeepEqual(root[k], v) || !reflect.DeepEqual(tree.Value(k), v) {
			t.Errorf("%s is %#v, want %#v", k, root[k], v)
		}
	}
	for k, v := range map[string]string{
		"d":   "2012-03-07T00:00:00Z date-local",
		"dt":  "2012-03-07T01:02:03Z datetime-local",
		"tm":  "0000-01-01T01:02:03Z time-local",
		"off": "2012-03-07T01:02:03+09:00 ",
	} {
		at, _ := root[k].(time.Time)
		if got := at.Format(time.RFC3339) + " " + at.Location().String(); got != v {
			t.Errorf("%s is %q, want %q", k, got, v)
		}
	}
	j := mustParse(t, "a.json", `{"i": 9007199254740993, "f": 1.0, "n": null, "l": []}`)
	if got, want := fmt.Sprint(j.Root()), "map[f:1 i:9007199254740993 l:[] n:<nil>]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if !j.Has("n") || j.Has("m") || j.Value("m") != nil || j.Has("l[0]") {
		t.Error("Has is wrong")
	}
}

// The problems of texts that cannot be read, as they are printed.
func TestParseProblems(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a.toml", "重大度 = 1", "a.toml:1:1: JB1001 invalid character at start of key: \"重\"; put a name in other letters than a to z in quotes"},
		{"a.toml", "\"管理者\"\t＝ 1", "a.toml:1:7: JB1001 expected '=' after key; write the plain \"=\" in place of \"＝\""},
		{"a.toml", "x = { a = \"あ\", b = “x” }", "a.toml:1:20: JB1001 unexpected character \"“\" at start of value; write the plain \"\\\"\" in place of \"“\""},
		{"a.toml", "a = [1,\n\"あ\"", "a.toml:2:3: JB1001 array is incomplete; "},
		{"a.toml", "a = \"あ\" b", "a.toml:1:9: JB1001 expected newline but got \"b\"; "},
		{"a.toml", "d = { \"あ\" = 2012-13-01 }", "a.toml:1:13: JB1001 invalid datetime: \"2012-13-01\"; "},
		{"a.toml", "d = [ \"あ\", 99999999999999999999 ]", "a.toml:1:12: JB1001 99999999999999999999 is out of range; "},
		{"a.toml", "s = \"あ\\q\"", `a.toml:1:7: JB1001 a backslash in a string starts an escape, and this is not one; write \\ for a backslash, or put the string in single quotes`},
		{"a.toml", "a = 1\n\n b.\"あ\" = 2\nb.\"あ\" = 3\na = 4", "a.toml:4:3: JB1005 \"あ\" is set twice; it was set on line 3\na.toml:5:1: JB1005 \"a\" is set twice; it was set on line 1"},
		{"a.toml", "[a]\nx = 1\n[a]\nx = 2\n[b]\n[[b]]\n[a.x]", "a.toml:3:2: JB1005 \"a\" is set twice; it was set on line 1\na.toml:6:3: JB1005 \"b\" is a whole table already, so nothing can be added to it here; it was set on line 5\na.toml:7:4: JB1005 \"x\" is set twice; it was set on line 2"},
		{"a.toml", "a = { x = 1, x = 2 }\na.y = 1\n", "a.toml:1:14: JB1005 \"x\" is set twice; it was set on line 1\na.toml:2:1: JB1005 \"a\" is a whole table already, so nothing can be added to it here; it was set on line 1"},
		{"a.toml", "a = 1 # \xff\xfe\nb = 2 # \x00\nc = \x01", "a.toml:1:9: JB1002 the byte 0xFF is not UTF-8 text; save the file as UTF-8\na.toml:2:9: JB1002 a NUL character is not text; save the file as UTF-8\na.toml:3:5: JB1002 the control character U+0001 may not stand here; in a string write \"\\u0001\""},
		{"a.toml", "\xff\xfea\x00", "a.toml:1:1: JB1002 the file is UTF-16, not UTF-8; save it as UTF-8"},
		{"a.toml", "a = 1\rb = 2", "a.toml:1:6: JB1002 a carriage return stands without a line feed; end lines with LF or CR LF"},
		{"a.toml", "[a.b.c]\nz = 9\n[a]\nb.c.t = 1", "a.toml:4:1: JB1005 \"b\" is a whole table already, so nothing can be added to it here; it was set on line 1"},
		{"a.toml", "a = [1, {\"\" = 0}]", "a.toml:1:10: JB1001 a key has no name; "},
		{"a.json", "{\"あ\": tru}", "a.json:1:10: JB1001 unexpected \"}\" in literal true (expecting 'e'); "},
		{"a.json", "{\"あ\": 1,\n \"い\" ： 2}", "a.json:2:6: JB1001 unexpected \"：\" where a colon should follow the name; write the plain \":\" in place of \"：\""},
		{"a.json", "{\"a\": [1, 2,]}", "a.json:1:13: JB1001 unexpected \"]\" where a value should start; "},
		{"a.json", "{\"a\": 1", "a.json:1:8: JB1001 the file ends too early; "},
		{"a.json", "", "a.json:1:1: JB1001 the file ends too early; "},
		{"a.json", " [1]", "a.json:1:2: JB1006 want a table in braces, have a list; "},
		{"a.json", "{} {}", "a.json:1:4: JB1001 unexpected \"{\" after the end of the data; "},
		{"a", "{\"あ\": {\"k\": 1, \"k\": 2}, \"あ\": 3}", "a:1:16: JB1005 \"k\" is set twice; it was set on line 1\na:1:25: JB1005 \"あ\" is set twice; it was set on line 1"},
		{"a", "{\"あ\": \"x\\ud83d\", \"n\": 99999999999999999999}", "a:1:9: JB1001 half of a surrogate pair is not a character; write both halves, as in \"\\ud83d\\ude00\"\na:1:23: JB1009 the number is too large; write it as a string"},
		{"a", "{\"a\": \"\x00\"}", "a:1:8: JB1002 a NUL character is not text; save the file as UTF-8"},
		{"a", "{\"a\": \"\n\"}", "a:1:8: JB1001 unexpected the end of the line in a string; "},
	} {
		tree, ps := Parse(File{Name: c.name, Text: []byte(c.text)}, Limits{})
		var lines []string
		for _, p := range ps {
			lines = append(lines, fmt.Sprintf("%s:%d:%d: %s %s; %s", p.File, p.Line, p.Col, p.Code, p.Message, p.Hint))
		}
		if got := strings.Join(lines, "\n"); got != c.want {
			t.Errorf("%q:\n got %s\nwant %s", c.text, got, c.want)
		}
		if tree != nil {
			t.Errorf("%q: half read", c.text)
		}
	}
}
