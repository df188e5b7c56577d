package observe

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"jobun/checker/audit"
	"jobun/internal/cells"
	"jobun/internal/day"
)

// WriteTOML writes a report for a person to complete. audit.Read reads it back to the
// same report. The same report gives the same bytes.
func WriteTOML(w io.Writer, r *audit.Report) error {
	t := &tomlWriter{w: bufio.NewWriter(w)}
	t.head(r)
	t.subject(r.Subject)
	t.parties(r.Parties)
	t.exhibits(r.Exhibits)
	t.examined(r.Examined)
	t.observations(r.Observed)
	t.events(r.Events)
	t.missing()
	if t.err != nil {
		return t.err
	}
	return t.w.Flush()
}

type tomlWriter struct {
	w   *bufio.Writer
	err error
}

func (t *tomlWriter) line(format string, args ...any) {
	if _, err := fmt.Fprintf(t.w, format+"\n", args...); err != nil && t.err == nil {
		t.err = err
	}
}

func (t *tomlWriter) comment(lines ...string) {
	for _, l := range lines {
		t.line("# %s", l)
	}
}

// text writes a key with a string, if there is one.
func (t *tomlWriter) text(key, value string) {
	if value != "" {
		t.line("%s = %s", key, quote(value))
	}
}

func (t *tomlWriter) list(key string, values []string) {
	if len(values) > 0 {
		t.line("%s = %s", key, quoteList(values))
	}
}

func (t *tomlWriter) when(key string, w audit.When) {
	if w.IsZero() {
		return
	}
	if w.Precision == day.Instant || w.Precision == day.Day {
		t.line("%s = %s", key, w.String())
		return
	}
	t.text(key, w.String())
}

func (t *tomlWriter) head(r *audit.Report) {
	t.comment(
		"監査報告（記録から作成。人が補う）",
		"Audit report, made from records by jobun observe; a person completes it.",
		"",
		"補うところに「補う」と書いた。書いてあることは記録にあることだけで、",
		"書いてないことは「なかった」ことを意味しない（[[examined]] の範囲を除く）。",
		"Complete the places marked 補う. What is here is what the records say; what is not here",
		"is not said to be absent, except inside [[examined]].")
	t.line("")
	t.line("format = %d", r.Format)
	t.comment("補う：件名 the name of the matter")
	t.line("title = %s", quote(r.Title))
	t.comment("補う：作成者（役割で） author = \"…\" と、日付 date = 2026-01-31")
	t.when("date", r.Date)
	t.text("author", r.Author)
	t.text("note", r.Note)
}

func (t *tomlWriter) subject(s audit.Subject) {
	t.line("")
	t.comment("── 対象 The software. 補う：名、版、提供者（当事者の id）、ファイルのハッシュ")
	t.line("[subject]")
	t.line("name = %s", quote(s.Name))
	t.text("version", s.Version)
	t.text("publisher", s.Publisher)
	t.list("processes", s.Processes)
	t.text("signer", s.Signer)
	for _, f := range s.Files {
		t.line("")
		t.line("[[subject.file]]")
		t.line("name = %s", quote(f.Name))
		t.text("sha256", f.SHA256)
		if f.Size != 0 {
			t.line("size = %d", f.Size)
		}
	}
}

func (t *tomlWriter) parties(parties []audit.Party) {
	t.line("")
	t.comment("── 当事者 Who is concerned, by role. 補う：申立人・利用者・提供者",
		"[[party]]", `id = "user"`, `name = "利用者"`, `role = "user"`)
	for _, p := range parties {
		t.line("")
		t.line("[[party]]")
		t.line("id = %s", quote(p.ID))
		t.line("name = %s", quote(p.Name))
		t.text("role", p.Role)
		t.text("kind", p.Kind)
		t.text("note", p.Note)
	}
}

func (t *tomlWriter) exhibits(exhibits []audit.Exhibit) {
	t.line("")
	t.comment("── 証拠 The files. 補う：収集した者・日時・方法（custody を前に足す）、時計のずれ、再現なら role と build")
	for _, e := range exhibits {
		t.line("")
		t.line("[[exhibit]]")
		t.line("id = %s", quote(e.ID))
		t.line("title = %s", quote(e.Title))
		t.text("role", e.Role)
		t.text("form", e.Form)
		t.text("author", e.Author)
		t.when("document_date", e.DocumentDate)
		t.text("date_source", e.DateSource)
		t.when("received", e.Received)
		t.text("file", e.File)
		t.text("sha256", e.SHA256)
		t.text("build", e.Build)
		t.text("branch_of", e.BranchOf)
		t.text("note", e.Note)
		for _, c := range e.Custody {
			t.line("")
			t.line("[[exhibit.custody]]")
			t.line("by = %s", quote(c.By))
			t.when("at", c.At)
			t.text("how", c.How)
			t.text("tool", c.Tool)
			t.text("clock_offset", c.ClockOffset)
			t.text("handed_to", c.HandedTo)
		}
	}
}

func (t *tomlWriter) examined(list []audit.Examination) {
	t.line("")
	t.comment("── 調べた範囲 What was looked for, and where. この範囲の中でだけ、記録がないことは「ない」ことを示す。",
		"確かめる：監査の設定、消去、記録の始まりと終わり。Check the audit policy before relying on it.")
	for _, e := range list {
		t.line("")
		t.line("[[examined]]")
		t.list("kinds", e.Kinds)
		t.line("exhibit = %s", quote(e.Exhibit))
		t.when("from", e.From)
		t.when("until", e.Until)
		t.text("basis", string(e.Basis))
		t.text("note", e.Note)
	}
}

func (t *tomlWriter) observations(list []audit.Observation) {
	t.line("")
	t.comment("── 観察事実 What the records say. attribution がないものは、誰がしたか不明 (unknown)。")
	for _, o := range list {
		t.line("")
		t.line("[[observation]]")
		t.line("id = %s", quote(o.ID))
		t.when("at", o.At)
		t.text("as_written", o.AsWritten)
		t.line("action = %s", quote(o.Action))
		t.line("target = %s", quote(o.Target))
		t.text("group", o.Group)
		t.text("actor", o.Actor)
		if a := o.Attribution; a != nil {
			note := ""
			if a.Note != "" {
				note = ", note = " + quote(a.Note)
			}
			t.line("attribution = { to = %s, basis = %s%s }", quote(a.To), quote(a.Basis), note)
		}
		t.shows(o.Shows)
		t.line("exhibit = %s", quote(o.Exhibit))
		t.text("locator", o.Locator)
		t.text("excerpt", o.Excerpt)
		t.text("basis", string(o.Basis))
		t.text("note", o.Note)
	}
}

// shows writes the facts that an observation shows besides its action.
func (t *tomlWriter) shows(shows map[string]any) {
	var parts []string
	for _, name := range sorted(shows) {
		switch v := shows[name].(type) {
		case bool, int64:
			parts = append(parts, fmt.Sprintf("%s = %v", name, v))
		case string:
			parts = append(parts, name+" = "+quote(v))
		case []any:
			items := make([]string, len(v))
			for i, item := range v {
				items[i] = fmt.Sprint(item)
			}
			parts = append(parts, name+" = "+quoteList(items))
		}
	}
	if len(parts) > 0 {
		t.line("shows = { %s }", strings.Join(parts, ", "))
	}
}

func (t *tomlWriter) events(list []audit.Event) {
	if len(list) == 0 {
		return
	}
	t.line("")
	t.comment("── 経過 For the chronology; no fact rests on these.")
	for _, e := range list {
		t.line("")
		t.line("[[event]]")
		t.line("id = %s", quote(e.ID))
		t.when("at", e.At)
		t.text("as_written", e.AsWritten)
		t.line("what = %s", quote(e.What))
		t.text("by", e.By)
		t.line("exhibit = %s", quote(e.Exhibit))
		t.text("locator", e.Locator)
		t.text("basis", string(e.Basis))
		t.text("note", e.Note)
	}
}

// missing says what no log shows.
func (t *tomlWriter) missing() {
	t.line("")
	t.comment("── 補う：記録からは分からないこと What no log shows",
		"説明・告知 [[notice]]、承諾 [[consent]]、申込み [[agreement]]、主張 [[statement]]、提供 [[release]]。",
		"書き方は docs/report.md にある。")
}

// quote writes a TOML basic string on one line.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < 0x20 || r == 0x7F:
			fmt.Fprintf(&b, `\u%04X`, r)
		case r == utf8.RuneError:
			b.WriteString(`\uFFFD`)
		case !cells.Plain(r): // would act on a terminal, or be seen as something else
			if r > 0xFFFF {
				fmt.Fprintf(&b, `\U%08X`, r)
			} else {
				fmt.Fprintf(&b, `\u%04X`, r)
			}
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func quoteList(values []string) string {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = quote(v)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}
