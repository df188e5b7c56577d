package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jobun/checker"
	"jobun/checker/export"
	"jobun/checker/law/store"
)

// sharedLaws imports the collected texts, or skips the test aloud.
func sharedLaws(t *testing.T) string {
	t.Helper()
	shared := os.Getenv("JOBUN_SHARED")
	if shared == "" {
		t.Skip("JOBUN_SHARED is not set: the papers are NOT tried with the texts of laws")
	}
	dir := filepath.Join(t.TempDir(), "store")
	kept, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := kept.Import(context.Background(), []string{filepath.Join(shared, "law", "xml")}, store.Options{}); err != nil {
		t.Fatal(err)
	}
	return dir
}

// The paper of 2012 quotes the provision as it was numbered and worded then, with
// the numbers of the elements and what the text is.
func TestSharedPaperQuotes(t *testing.T) {
	dir := sharedLaws(t)
	report := "fixtures/certificate-tool-2012/report.toml"
	for _, c := range []struct {
		lang  string
		wants []string
	}{
		{"ja", []string{
			`(?m)^不正アクセス禁止法第3条第2項第2号（平成24年2月5日から.*）\n\n> ①アクセス制御機能を有する②特定電子計算機に③電気通信回線を通じて`,
			`④特定利用の制限を免れることができる情報（識別符号であるものを除く。）又は指令を⑤入力して⑥当該特定電子計算機を作動させ、⑦その制限されている特定利用をし得る状態にさせる行為（〔除①〕`,
			`- 版: 411AC0000000128\\_20000213\\_reconstructed（平成12年2月13日施行）\n- 条文の確かさ: 改正法からの復元\n- 出典: .+\n- SHA-256（第3条第2項第2号の正規化した本文）: [0-9a-f]{64}\n`,
			`その後法定刑が改められた（平成24年5月1日から「三年以下の懲役又は百万円以下の罰金」、令和7年6月1日から「三年以下の拘禁刑又は百万円以下の罰金」）。刑法6条（軽い方による）の検討は、経過措置とともに要確認。`,
		}},
		{"en", []string{
			`Article 3, paragraph \(2\), item \(ii\) \(from 5 February 2012 .*\)\n\n> ①アクセス制御機能を有する②特定電子計算機に`,
			`- Grade of the text: reconstructed from amending laws\n`,
		}},
	} {
		paper := ran(t, []string{"export", report, "-o", "-", "--lang", c.lang, "--law-dir", dir, "--date", paperDate})
		for _, want := range c.wants {
			if !regexp.MustCompile(want).MatchString(paper) {
				t.Errorf("%s: there is no %s", c.lang, want)
			}
		}
		if strings.Contains(paper, "この法令の条文は保存されていない") {
			t.Error("a law that was imported is said not to be there")
		}
	}
}

// What is quoted is the store's text letter by letter, every phrase of a clause
// that stands in it is marked, and the text of the rulebook's day is beside it.
func TestSharedProvisions(t *testing.T) {
	dir := sharedLaws(t)
	book := ownRulebook(t)
	kept, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	texts, changed := 0, 0
	for _, fixture := range fixtures(t) {
		result := checked(t, book, "report.toml", readText(t, filepath.Join(fixture, "report.toml")))
		var errOut bytes.Buffer
		s := &session{out: &errOut, err: &errOut, lang: "ja", lawDir: dir}
		provisions := s.provisions(result)
		if s.code != 0 || errOut.Len() > 0 {
			t.Fatal(errOut.String())
		}
		for _, f := range result.Findings {
			for _, at := range f.Anchor.Places {
				if f.Assessment == checker.NotInForce {
					continue
				}
				for _, p := range provisions.Of(f, at) {
					if len(p.Phrases) == 0 {
						if f.Law.EGov != "" && p.Why.Ja == "" {
							t.Errorf("%s %s: no text, and nobody says why", f.Rule.ID, p.Place)
						}
						continue
					}
					texts++
					text, err := kept.Text(f.Law.EGov, p.From, p.Place)
					if err != nil || !strings.HasPrefix(text.Text, p.Text()) || !p.Chapeau && text.Text != p.Text() || text.SHA256 != p.Is.SHA256 {
						t.Errorf("%s %s: the text is not the store's (%v)", f.Rule.ID, p.Place, err)
					}
					if p.Present == nil {
						t.Errorf("%s %s: nothing is said of the present text", f.Rule.ID, p.Place)
					} else if then := side(p.Present.Changes, func(c export.Change) string { return c.Was }); len(p.Present.Changes) > 0 && then != p.Text() {
						t.Errorf("%s %s: the comparison has another text", f.Rule.ID, p.Place)
					} else if len(p.Present.Changes) > 0 && !p.Present.Same {
						changed++
					}
				}
			}
			read, whole := readersOf(provisions, f)
			for _, a := range f.Answers() {
				if whole && a.Clause.Ja != "" && !slices.Contains(read, a.Clause.ID) {
					t.Errorf("%s: nothing is marked for %s", f.Rule.ID, a.Clause.ID)
				}
			}
		}
	}
	if texts < 20 || changed == 0 {
		t.Errorf("%d texts, of which %d differ now", texts, changed)
	}
}

// side is one of the two texts that changes are made of.
func side(changes []export.Change, of func(export.Change) string) string {
	var b strings.Builder
	for _, c := range changes {
		b.WriteString(c.Same + of(c))
	}
	return b.String()
}

// readersOf lists the clauses that read something of a finding's texts, and whether
// all of these are there.
func readersOf(provisions export.Provisions, f *checker.Finding) (ids []string, whole bool) {
	for _, at := range f.Anchor.Places {
		for _, p := range provisions.Of(f, at) {
			if len(p.Phrases) == 0 {
				return nil, false
			}
			whole = true
			for _, ph := range p.Phrases {
				ids = append(ids, ph.Clauses...)
			}
		}
	}
	return ids, whole
}

// Only that the penalty became another is said, and what it became; nothing of a
// penalty that stayed, or of a matter without a date.
func TestLaterPenalty(t *testing.T) {
	book := ownRulebook(t)
	text := readText(t, "fixtures/certificate-tool-2012/report.toml")
	said := map[string]string{}
	for _, f := range checked(t, book, "report.toml", text).Findings {
		said[f.Rule.ID] = export.Style{Lang: "ja", ISO: true}.LaterPenalty(f)
	}
	for rule, want := range map[string]string{
		"unauthorized-access/making-an-account": "その後法定刑が改められた（2012-05-01から「三年以下の懲役又は百万円以下の罰金」、2025-06-01から「三年以下の拘禁刑又は百万円以下の罰金」）。刑法6条（軽い方による）の検討は、経過措置とともに要確認。",
		"penal-code/fraud-of-property":          "その後法定刑が改められた（2025-06-01から「十年以下の拘禁刑」）。刑法6条（軽い方による）の検討は、経過措置とともに要確認。",
		"civil-code/tort-damages":               "",
	} {
		if have, ok := said[rule]; !ok || have != want {
			t.Errorf("%s: have %q, want %q", rule, have, want)
		}
	}
	for _, f := range checked(t, book, "report.toml", readText(t, "fixtures/developer-tool-2026/report.toml")).Findings {
		if have := (export.Style{Lang: "ja"}).LaterPenalty(f); have != "" && f.Anchor.Span.From.Year >= 2026 {
			t.Errorf("%s: %q", f.Rule.ID, have)
		}
	}
}

// A text that is older than its copy is listed with what must be said beside it.
func TestSharedVerifyNotes(t *testing.T) {
	dir := sharedLaws(t)
	listed := ran(t, []string{"law", "verify", "fixtures/certificate-tool-2012/report.toml", "--law-dir", dir})
	if !regexp.MustCompile(`民法第96条第1項（平成23年11月1日）[^～]*\n    この版は2012-04-01施行であるが、この条項は2005-04-01から効力を有するとされる`).MatchString(listed) {
		t.Error("nothing is said beside 民法96条1項 of 2011-11-01")
	}
}
