package export

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"jobun/checker/export/paper"
	"jobun/internal/cells"
	"jobun/rules"
)

// What a report may hold to move a cursor, to turn text round, or to hide in it.
const mischief = "A\x1b[2J\x07\r\n\u0000B\u0085\u009b31m\u202eC\u2066D\u200b\u200d\ufeffE\u2028F\u2029G\u00adＨ\u3164\U000E0041か\uff9e\x7f"

// markup is what Markdown or HTML would read as more than text.
const markup = "|a|`b`*c*_d_<script>alert(1)</script>[e](http://x)![f](y)#g&amp;&lt;~h~\\*i"

// hostileReport has the same text in every field that takes any.
func hostileReport(text string) []byte {
	quoted := func(s string) string {
		var b strings.Builder
		b.WriteByte('"')
		for _, r := range s {
			switch {
			case r == '"' || r == '\\':
				b.WriteString(`\` + string(r))
			case r < ' ' || r == 0x7f:
				fmt.Fprintf(&b, `\u%04X`, r)
			default:
				b.WriteRune(r)
			}
		}
		return b.String() + `"`
	}
	report := `format = 1
title = TEXT
author = TEXT
note = TEXT
[subject]
name = TEXT
version = TEXT
publisher = "提供者"
processes = [TEXT]
signer = TEXT
[[subject.file]]
name = TEXT
sha256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
[[party]]
id = "提供者"
name = TEXT
role = "publisher"
note = TEXT
[[exhibit]]
id = "E1"
title = TEXT
role = "scene"
author = "提供者"
date_source = TEXT
document_date = 2012-02-05
file = TEXT
note = TEXT
[[exhibit.custody]]
by = "提供者"
how = TEXT
tool = TEXT
clock_offset = TEXT
handed_to = "提供者"
[[examined]]
kinds = ["account", "consent"]
exhibit = "E1"
note = TEXT
[[observation]]
id = "o1"
at = 2012-02-05
as_written = TEXT
action = "account.create"
target = TARGET
actor = TEXT
attribution = { to = "subject", basis = "hash", note = TEXT }
shows = { administrator = true, hidden = true, made_administrator_by_subject = true, ordered_by = TEXT, sid = TEXT, groups = [TEXT] }
exhibit = "E1"
locator = TEXT
excerpt = TEXT
basis = "recorded"
note = TEXT
[[release]]
id = "r1"
label = TEXT
as_written = TEXT
at = 2012-02-01
by = "提供者"
of_subject = true
to_users = true
offered_by_publisher = true
contains = [TEXT]
exhibit = "E1"
locator = TEXT
excerpt = TEXT
basis = "alleged"
note = TEXT
[[notice]]
id = "n1"
label = TEXT
at = 2012-03-01
to_users = true
covers = [OTHER]
medium = TEXT
exhibit = "E1"
locator = TEXT
excerpt = TEXT
basis = "recorded"
[[statement]]
id = "s1"
by = "提供者"
at = 2012-03-02
as_written = TEXT
exhibit = "E1"
locator = TEXT
text = TEXT
stance = "opposes"
on = [{ rule = "penal-code/run-on-the-unknowing" }]
note = TEXT
[[statement]]
id = "s2"
by = "提供者"
exhibit = "E1"
text = TEXT
answers = ["s1"]
[[event]]
id = "v1"
at = 2012-03-03
as_written = TEXT
what = TEXT
exhibit = "E1"
locator = TEXT
basis = "alleged"
note = TEXT
`
	return []byte(strings.NewReplacer("TEXT", quoted(text), "OTHER", quoted("other:"+text), "TARGET", quoted("account:"+text)).Replace(report))
}

// raw finds what no paper may hold: control characters but the line end, what
// turns text round, and what shows nothing.
func raw(text string) (rune, int) {
	for i, r := range text {
		if r != '\n' && (unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) || r == 0x3164 || r == unicode.ReplacementChar) {
			return r, i
		}
	}
	return 0, -1
}

func TestNothingRawReachesAPaper(t *testing.T) {
	b := rulebook(t, rules.Files)
	for _, c := range []struct{ name, text string }{{"mischief", mischief}, {"mischief at the end", "x" + mischief}, {"markup", markup}} {
		for form, have := range written(t, result(t, b, hostileReport(c.text))) {
			if form == "json" {
				continue
			}
			if strings.HasPrefix(form, "docx") {
				lines, err := paper.Visible(paper.DOCXFormat, []byte(have))
				if err != nil {
					t.Fatal(err)
				}
				have = strings.Join(lines, "\n")
			}
			if r, i := raw(have); i >= 0 {
				t.Errorf("%s, %s: U+%04X in %q", c.name, form, r, have[max(0, i-60):min(len(have), i+20)])
			}
			if strings.Count(have, "2J")+strings.Count(have, "alert") < 5 {
				t.Errorf("%s, %s: the text is hardly there; this tests nothing", c.name, form)
			}
		}
	}
}

// No line of the text output is wider than was asked for, whatever the report
// holds.
func TestTextKeepsItsWidth(t *testing.T) {
	res := result(t, rulebook(t, rules.Files), hostileReport(strings.Repeat("ﾊﾟｽﾜｰﾄﾞ｡管理者\u202e", 40)))
	for _, width := range []int{40, 60, 80} {
		var b strings.Builder
		if err := WriteText(&b, res, TextOptions{Style: Style{Lang: "ja"}, Width: width}); err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(b.String(), "\n") {
			if cells.Width(line) > width {
				t.Errorf("%d cells at width %d: %s", cells.Width(line), width, line)
			}
		}
	}
}

// live finds a character that Markdown would read, where it is not escaped.
// Lines that the writer itself begins with are taken off first.
func live(line string) string {
	line = strings.TrimLeft(line, " ")
	for _, own := range []string{"- ", "# ", "## ", "### ", "#### "} {
		line = strings.TrimPrefix(line, own)
	}
	escaped := false
	for i, r := range line {
		if escaped {
			escaped = false
			continue
		}
		switch r {
		case '\\':
			escaped = true
		case '`', '*', '_', '[', ']', '<', '>', '#', '~':
			return line[i:]
		case '&':
			if !strings.HasPrefix(line[i:], "&amp;") {
				return line[i:]
			}
		}
	}
	return ""
}

// ownLink is markup of ours: the address of a provision, a footnote, a place that links
// lead to and a link to it, the mark of a quotation, and the paper's data at the end.
var ownLink = regexp.MustCompile(`<https://laws\.e-gov\.go\.jp/[A-Za-z0-9/#_-]*>|\[\^\d+\]:?|<a id="[A-Za-z0-9.-]+"></a>|\[(第?\d[\d.]*(の\d+)?|F-[A-Z2-7]+)\]\(#[A-Za-z0-9-]+\)|^> |^<!-- jobun-paper [^<>]* -->$`)

var cellBorder = regexp.MustCompile(`(^|[^\\])(\\\\)*\|`)

func TestMarkdownIsInert(t *testing.T) {
	b := rulebook(t, rules.Files)
	plainText := written(t, result(t, b, hostileReport("plain")))
	for form, have := range written(t, result(t, b, hostileReport(markup))) {
		if !strings.HasPrefix(form, "markdown") {
			continue
		}
		lines, want := strings.Split(have, "\n"), strings.Split(plainText[form], "\n")
		if len(lines) != len(want) {
			t.Errorf("%s: %d lines, of a plain report %d", form, len(lines), len(want))
		}
		for i, line := range lines {
			if found := live(ownLink.ReplaceAllString(line, "")); found != "" {
				t.Errorf("%s: %q is read as markup in %q", form, found, line)
			}
			if i < len(want) && !strings.HasPrefix(line, "<!--") && len(cellBorder.FindAllString(line, -1)) != len(cellBorder.FindAllString(want[i], -1)) {
				t.Errorf("%s: the text makes cells: %q", form, line)
			}
		}
	}
}

// A long chain of replies is a long list and not a triangle of spaces.
func TestLongThread(t *testing.T) {
	var b strings.Builder
	b.Write(hostileReport("plain"))
	for i := 2; i < 5000; i++ {
		fmt.Fprintf(&b, "[[statement]]\nid = \"s%d\"\nby = \"提供者\"\nexhibit = \"E1\"\ntext = \"争う\"\nanswers = [\"s%d\"]\n", i+1, i)
	}
	forms := written(t, result(t, rulebook(t, rules.Files), []byte(b.String())))
	if have := forms["markdown ja"]; strings.Count(have, "争う") < 4998 || len(have) > 4_000_000 {
		t.Errorf("%d bytes, %d replies", len(have), strings.Count(have, "争う"))
	}
}

// An explanation shows what a behaviour came to once, however often it is read.
func TestExplanationsThatDouble(t *testing.T) {
	files := inMemory(t)
	reads := "release.to_users"
	for i := range 40 {
		name := fmt.Sprintf("release.b%d", i)
		files["behaviours/"+name+".toml"] = file(fmt.Sprintf("fact = %q\ntitle = { ja = \"型\", en = \"p\" }\nwhen = '%s && (%s || release.withdrawn)'\n[base]\n[[case]]\nsays = \"無\"\nwant = \"true\"\n", name, reads, reads))
		reads = name
	}
	rule := files["contract/fee-to-provider.toml"]
	if rule == nil {
		t.Fatal("the rule that this test copies is gone")
	}
	files["contract/doubling.toml"] = file(strings.Join([]string{
		`title = { ja = "問い", en = "question" }`, `law = "certificate-policy"`, `regime = "contractual"`, `asks = "release"`, `at = "release.at"`, `at_kind = "act"`, `status = "draft"`,
		"[[place]]", `cite = "1"`, "[[element]]", `id = "e"`, `ja = "語"`, "when = '" + reads + "'", "[base]", "[[case]]", `says = "無"`,
	}, "\n"))
	for form, have := range written(t, result(t, rulebook(t, files), hostileReport("plain"))) {
		if len(have) > 4_000_000 {
			t.Errorf("%s has %d bytes", form, len(have))
		}
	}
}

// A field of ten megabytes is in every form of a paper, whole and as text.
func TestLargeFieldInPapers(t *testing.T) {
	if testing.Short() {
		t.Skip("with -short")
	}
	const part, times = "条文<script>x</script> ", 400_000
	report := bytes.Replace(hostileReport("plain"), []byte("excerpt = \"plain\""), []byte("excerpt = \""+strings.Repeat(part, times)+"\""), 1)
	p := summaryOf(t, result(t, rulebook(t, rules.Files), report), Style{Lang: "ja"})
	var page, document, marked bytes.Buffer
	if err := errors.Join(p.Write(&page, paper.HTMLFormat), p.Write(&document, paper.DOCXFormat), p.Write(&marked, paper.MarkdownFormat)); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(document.Bytes()), int64(document.Len()))
	if err != nil {
		t.Fatal(err)
	}
	inside := ""
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		inside += string(text)
	}
	for form, text := range map[string]string{"html": page.String(), "docx": inside, "markdown": marked.String()} {
		if n := strings.Count(text, "条文"); n < times {
			t.Errorf("%s holds %d of %d parts of the field", form, n, times)
		}
		if form != "markdown" && strings.Contains(text, "<script>x") {
			t.Errorf("%s takes the field for markup", form)
		}
	}
}
