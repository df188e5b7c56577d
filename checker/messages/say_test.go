package messages

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"jobun/internal/phrases"
)

// A phrase has the same places in both languages, and no phrase is there twice.
func TestPhrases(t *testing.T) {
	for _, wrong := range phrases.Mistakes(table()) {
		t.Error(wrong)
	}
}

// What stands in the places is kept byte for byte, whatever it is; and nothing is said in
// one language at its beginning and in another at its end.
func TestPlacesAreKept(t *testing.T) {
	texts := []string{`C:\Program Files\鍵\setup.exe`, "a; b, c: d", "EOF", "Enabled", `"x y"`, "「名」", "100% %s %[2]w", "x", "line 3: EOF"}
	for _, p := range table() {
		for _, text := range texts {
			var given []string
			sentence := p.Fill(func(kind string) string {
				switch kind {
				case "d":
					return "7"
				case "i":
					return "E7"
				case "w":
					return "a string"
				case "e":
					return "unexpected EOF"
				case "q":
					given = append(given, text)
					return `"` + text + `"`
				default:
					given = append(given, text)
					return text
				}
			})
			ja := Say("ja", sentence)
			for _, text := range given {
				if !strings.Contains(ja, strings.Trim(text, `"`)) && ja != sentence {
					t.Errorf("%q lost %q: %q", sentence, text, ja)
				}
			}
			if english := threeWords.FindString(quotation.ReplaceAllString(commands.Replace(ja), "")); english != "" && ja != sentence {
				t.Errorf("%q is half said: %q", sentence, ja)
			}
		}
	}
}

var (
	quotation  = regexp.MustCompile("「[^」]*」|\"[^\"]*\"|`[^`]*`")
	commands   = strings.NewReplacer("jobun law import", "", "jobun law pull", "", "jobun law show", "", "jobun law verify", "", "jobun explain", "", "jobun check", "")
	threeWords = regexp.MustCompile(`[A-Za-z']{2,} [A-Za-z']{2,} [A-Za-z']{2,}`)
)

func TestSay(t *testing.T) {
	for _, c := range [][2]string{
		{`read the report: open C:\報告 1.toml: no such file or directory`, `報告を読めません: 「C:\報告 1.toml」がありません`},
		{"read the report: open a: b.toml: permission denied", "報告を読めません: 「a: b.toml」を開けません: 権限がありません"},
		{"write no/summary.md: open no/.summary.md1: no such file or directory", "「no/summary.md」に書き込めません: 「no/.summary.md1」がありません"},
		{`there is no rule "lst"; did you mean "list"?`, "「lst」という規則はありません。「list」のことですか"},
		{`there is no law "刑方" here; did you mean "刑法"?; jobun law show lists them`, "「刑方」という法令はここにありません。「刑法」のことですか。jobun law show で一覧を出せます"},
		{"unknown flag: --formt; did you mean --format?", "--formt という指定はありません。--format のことですか"},
		{`--on: read date "2012-13-01": there is no month 13`, "--on: 日付「2012-13-01」を読めません: 13月はありません"},
		{`read date "2026-04-31": April 2026 has no day 31`, "日付「2026-04-31」を読めません: 2026年4月に31日はありません"},
		{"observed[0].at: want a string, have a list", "observed[0].at: 文字列が必要ですが、リストがあります"},
		{"expected newline but got the end of the file", "行が終わるべき所にファイルの終わりがあります"},
		{`expected newline but got "b"`, "行が終わるべき所に「b」があります"},
		{"the law store is corrupt: laws/405AC0000000088.json: unexpected end of JSON input; see jobun law verify", "法令ストアが壊れています: laws/405AC0000000088.json: JSON が途中で終わっています。jobun law verify で確かめてください"},
		{"a.toml:3:1: there are no rules\na.toml:4:1: something else is wrong", "a.toml:3:1: 規則がありません\na.toml:4:1: something else is wrong"},
		// What is not known to its end stays as it is.
		{"read the report: open x.toml: the moon is full", "read the report: open x.toml: the moon is full"},
		{`there is no rule "lst"; ask somebody`, `there is no rule "lst"; ask somebody`},
		{"a file of mine: unexpected EOF", "a file of mine: unexpected EOF"},
	} {
		if have := Say("ja", c[0]); have != c[1] {
			t.Errorf("%q\n is %q\nnot %q", c[0], have, c[1])
		}
		if have := Say("en", c[0]); have != c[0] {
			t.Errorf("%q is %q in English", c[0], have)
		}
	}
}

// Text that could be divided in very many ways is told from a phrase at once.
func TestHostileText(t *testing.T) {
	for _, text := range []string{strings.Repeat("a: ", 330), strings.Repeat("read x: ", 120), strings.Repeat("a; ", 330), strings.Repeat("a: b; ", 160) + "c"} {
		start := time.Now()
		Say("ja", "read the report: "+text)
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%.20q took %s", text, took)
		}
	}
}
