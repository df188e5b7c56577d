package tui

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"jobun/checker"
	"jobun/checker/export"
)

// hostile are texts that break screens.
var hostile = []string{
	`\u001b]0;title\u0007\u001b[2J\u001b[31m赤`,
	`\u202e逆順\u202c と \u2067囲み\u2069`,
	`ｶﾞｷﾞｸﾞﾊﾟﾋﾟ ﾊﾞﾝｸ ﾞ`,
	`葛\U000E0100飾区 か\u3099 e\u0301 \u200b\ufeff`,
	`一行目\n二行目\r\n\t三行目\u0085`,
}

// hostileCase is the small case with its texts made hostile.
func hostileCase(t testing.TB) *checker.Result {
	t.Helper()
	text := readFile(t, filepath.Join("testdata", "case", "report.toml"))
	all := append(append([]string{}, hostile...), strings.Repeat("とても長い文字列と long words ", 60), strings.Repeat("切れ目なし", 100))
	i := 0
	var out []string
	for line := range strings.SplitSeq(string(text), "\n") {
		for _, key := range []string{"title ", "title  ", "excerpt", "locator", "label", "note ", "text", "what", "name ", "date_source"} {
			name, value, found := strings.Cut(line, "= \"")
			if found && strings.HasPrefix(name, key) {
				line = name + "= \"" + all[i%len(all)] + strings.TrimSuffix(value, "\"") + "\""
				i++
				break
			}
		}
		out = append(out, line)
	}
	return checked(t, os.DirFS(filepath.Join("testdata", "case", "rules")), []byte(strings.Join(out, "\n")))
}

// TestAnyKeysAnySizes presses any keys at any sizes: it never panics, every
// frame is whole, and back leads to the same row.
func TestAnyKeysAnySizes(t *testing.T) {
	shorten(t, "30")
	cases := []*checker.Result{smallCase(t), hostileCase(t), emptyCase(t)}
	var keys []string
	for _, a := range actions() {
		keys = append(keys, a.keys...)
	}
	keys = append(keys, "条", "ｶﾞ", "あ", "x", "backspace", "delete", "left", "home", "ctrl+a", "enter", "enter", "esc", "j", "j")
	rapid.Check(t, func(r *rapid.T) {
		style := export.Style{Lang: rapid.SampledFrom([]string{"ja", "en"}).Draw(r, "lang"), Glyphs: rapid.SampledFrom([]export.Glyphs{export.Unicode, export.ASCII}).Draw(r, "glyphs")}
		m := newModel(indexOf(rapid.SampledFrom(cases).Draw(r, "case")), style)
		m.resize(80, 24)
		for range rapid.IntRange(1, 60).Draw(r, "steps") {
			if rapid.IntRange(0, 9).Draw(r, "what") == 0 {
				m.Update(tea.WindowSizeMsg{Width: rapid.IntRange(1, 300).Draw(r, "width"), Height: rapid.IntRange(1, 100).Draw(r, "height")})
				checkFrame(r, m)
				continue
			}
			key := rapid.SampledFrom(keys).Draw(r, "key")
			depth, from := len(m.stack), m.here().pane
			m.Update(keyMsg(key))
			checkFrame(r, m)
			if len(m.stack) != depth+1 {
				continue
			}
			m.Update(keyMsg("esc"))
			checkFrame(r, m)
			if to := m.here().pane; to.item != from.item || to.top != from.top {
				r.Fatalf("%q and back led from row %d at %d to row %d at %d", key, from.item, from.top, to.item, to.top)
			}
			m.Update(keyMsg(key))
			checkFrame(r, m)
		}
	})
}

// shorten runs fewer checks than rapid's default, unless the command line asks.
func shorten(t *testing.T, checks string) {
	t.Helper()
	f := flag.Lookup("rapid.checks")
	if f == nil || f.Value.String() != f.DefValue {
		return
	}
	if err := f.Value.Set(checks); err != nil {
		t.Fatal(err)
	}
}

// TestHostileTexts shows every screen with hostile texts.
func TestHostileTexts(t *testing.T) {
	result := hostileCase(t)
	for _, size := range [][2]int{{1, 1}, {7, 50}, {80, 24}, {180, 50}} {
		for _, screen := range screens {
			m := started(result, "ja", size[0], size[1])
			lines := press(t, m, screen.keys...)
			text := strings.Join(lines, "\n")
			if size[0] == 180 && screen.name == "timeline" && !strings.Contains(text, `\x1B`) {
				t.Errorf("the escape sequence of a record is not shown as one:\n%s", text)
			}
		}
	}
}

// TestRun runs the whole program once, with keys from a reader.
func TestRun(t *testing.T) {
	host, _ := hostOf(t, smallCase(t), Case{})
	var out bytes.Buffer
	var left Left
	host.Left = func(l Left) { left = l }
	options := Options{Style: export.Style{Lang: "ja"}, Name: "report.toml", Author: "A", Now: time.Now, Input: strings.NewReader("jjq"), Output: &out}
	if err := Run(t.Context(), host, options); err != nil {
		t.Fatal(err)
	}
	if left.Name != "report.toml" || len(left.At) != 1 || left.Findings != len(smallCase(t).Findings) {
		t.Errorf("the host was told %+v", left)
	}
}
