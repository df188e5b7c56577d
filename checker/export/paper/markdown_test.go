package paper

import (
	"strings"
	"testing"

	"jobun/internal/cells"
)

func TestEscape(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"|", `\|`}, {"`", "\\`"}, {"*", `\*`}, {"<b>", `\<b\>`}, {"[a](b)", `\[a\](b)`}, {"#", `\#`}, {"a & b", "a &amp; b"}, {"&lt;", "&amp;lt;"},
		{`\|`, `\\\|`}, {"- a", `\- a`}, {"+ a", `\+ a`}, {"===", `\===`}, {"1. a", `1\. a`}, {"12) a", `12\) a`}, {"1.5", "1.5"}, {"2012-02-05", "2012-02-05"},
		{"管理者。", "管理者。"}, {"a\nb", `a\\x0Ab`}, {"\u202e", `\\u\{202E\}`}, {"  - a", `\- a`}, {"    code", "code"}, {"~~a~~", `\~\~a\~\~`},
	} {
		m := &markdown{}
		m.block(Block{Kind: Paragraph, Spans: Quoted(cells.Sanitise(c.text))})
		if have := strings.Trim(m.b.String(), "\n"); have != c.want {
			t.Errorf("%q is written %q, want %q", c.text, have, c.want)
		}
		m = &markdown{}
		m.block(Block{Kind: Item, Spans: []Span{{Text: ""}, {Text: cells.Sanitise(c.text), Quoted: true}}})
		if have := strings.TrimSuffix(m.b.String(), "\n"); have != "- "+c.want {
			t.Errorf("%q as an item is written %q, want %q", c.text, have, "- "+c.want)
		}
	}
}
