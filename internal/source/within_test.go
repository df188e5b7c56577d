package source

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestWithin(t *testing.T) {
	toml := "basic = \"あ\\t\\u3042\\U0001F600\\\\い\"\n" +
		"literal = 'あ\\tい'\n" +
		"long = \"\"\"\n一\\\n   \t二\\\"三\n四\\u3044\"\"\"\"\n" +
		"raw = '''\r\n一\\\r\n二'''\n" +
		"same = \"\"\"x\"y\"\"\"\n" +
		"empty = \"\"\n" +
		"in = [ { k = \"a\\\"bc\" } ]\n" +
		"\"q.k\" = 'xyz'\n"
	json := `{"管": "あ\u3042\ud83d\ude00\n\/い", "l": ["x\"y"]}`
	for _, c := range []struct {
		text, path string
		off, n     int
		want       string
		line, col  int
	}{
		{toml, "basic", 0, 1, "あ", 1, 10},
		{toml, "basic", 1, 1, `\t`, 1, 11},
		{toml, "basic", 2, 1, `\u3042`, 1, 13},
		{toml, "basic", 3, 2, `\U0001F600\\`, 1, 19},
		{toml, "basic", 5, 1, "い", 1, 31},
		{toml, "basic", 6, 1, "", 1, 32},
		{toml, "basic", 99, 1, "", 1, 32},
		{toml, "basic", -1, 1, "", 1, 10},
		{toml, "literal", 1, 2, `\t`, 2, 13},
		{toml, "literal", 3, 1, "い", 2, 15},
		{toml, "long", 0, 1, "一", 4, 1},
		{toml, "long", 1, 1, "二", 5, 5},
		{toml, "long", 2, 2, `\"三`, 5, 6},
		{toml, "long", 5, 9, `四\u3044"`, 6, 1},
		{toml, "long", 6, 1, `\u3044`, 6, 2},
		{toml, "raw", 0, 1, "一", 8, 1},
		{toml, "raw", 1, 1, `\`, 8, 2},
		{toml, "raw", 4, 1, "二", 9, 1},
		{toml, "same", 1, 2, `"y`, 10, 12},
		{toml, "empty", 0, 1, "", 11, 10},
		{toml, "in[0].k", 1, 2, `\"b`, 12, 16},
		{toml, `"q.k"`, 1, 1, `y`, 13, 11},
		{toml, "in", 1, 1, `[ { k = "a\"bc" } ]`, 12, 6},
		{json, "管", 0, 1, "あ", 1, 8},
		{json, "管", 1, 1, `\u3042`, 1, 9},
		{json, "管", 2, 1, `\ud83d\ude00`, 1, 15},
		{json, "管", 3, 3, `\n\/い`, 1, 27},
		{json, "l[0]", 1, 1, `\"`, 1, 43},
	} {
		tree := mustParse(t, "a", c.text)
		p := tree.Within(c.path, c.off, c.n)
		got := c.text[p.Offset : p.Offset+p.Length]
		if got != c.want || p.Line != c.line || p.Col != c.col {
			t.Errorf("%s from %d, %d long: %d:%d %q, want %d:%d %q",
				c.path, c.off, c.n, p.Line, p.Col, got, c.line, c.col, c.want)
		}
	}
}

// steps checks that a string is as many code points long as it is written.
func steps(t *testing.T, tree *Tree, n *node) {
	if s, ok := n.value.(string); ok {
		e := newEscapes(tree.doc.raw(n.val), tree.doc.json)
		count, plain := 0, true
		var b strings.Builder
		for e.next() {
			count++
			part := e.raw[e.at : e.at+e.size]
			plain = plain && !strings.HasPrefix(part, `\`)
			b.WriteString(part)
		}
		if count != utf8.RuneCountInString(s) || plain && b.String() != s {
			t.Errorf("%q is read as %q in %d steps", tree.doc.raw(n.val), s, count)
		}
	}
	for _, kid := range n.kids {
		steps(t, tree, kid)
	}
	for _, item := range n.items {
		steps(t, tree, item)
	}
}
