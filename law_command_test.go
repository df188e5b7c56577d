package main

import (
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The store's place on each system.
func TestDataFolder(t *testing.T) {
	abs, err := filepath.Abs("data")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		system string
		env    map[string]string
		want   string
	}{
		{"linux", map[string]string{"HOME": "/h"}, filepath.Join("/h", ".local", "share")},
		{"linux", map[string]string{"HOME": "/h", "XDG_DATA_HOME": abs}, abs},
		{"linux", map[string]string{"HOME": "/h", "XDG_DATA_HOME": "relative"}, filepath.Join("/h", ".local", "share")},
		{"darwin", map[string]string{"HOME": "/h"}, filepath.Join("/h", "Library", "Application Support")},
		{"windows", map[string]string{"LocalAppData": "C:\\l", "HOME": "/h"}, "C:\\l"},
		{"windows", map[string]string{"HOME": "/h"}, ""},
		{"linux", nil, ""},
	} {
		have, err := dataFolder(c.system, func(name string) string { return c.env[name] })
		if have != c.want || (err != nil) != (c.want == "") {
			t.Errorf("%s %v: have %q %v, want %q", c.system, c.env, have, err, c.want)
		}
	}
}

func TestWordDiff(t *testing.T) {
	for _, c := range []struct{ was, now, want string }{
		{"三年以下の懲役又は五十万円以下の罰金", "三年以下の拘禁刑又は五十万円以下の罰金", "三年以下の[-懲役-]{+拘禁刑+}又は五十万円以下の罰金"},
		{"", "", ""},
		{"同じ", "同じ", "同じ"},
		{"", "新設。", "{+新設。+}"},
		{"削除。", "", "[-削除。-]"},
		{"一年以下\n二", "三年以下\n二", "[-一年以下-]{+三年以下+}\n二"},
		{"プログラム及びデータ", "プログラム若しくはデータ", "プログラム[-及び-]{+若しくは+}データ"},
	} {
		if have := marked(wordDiff(c.was, c.now)); have != c.want {
			t.Errorf("%q to %q: have %q, want %q", c.was, c.now, have, c.want)
		}
	}
}

// A comparison has both texts in it, letter by letter, whatever they are.
func TestWordDiffLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("三年懲役拘禁刑又は及びア1a、。\n\x80𠮷")))
		was, now := text.Draw(t, "was"), text.Draw(t, "now")
		var before, after strings.Builder
		for _, c := range wordDiff(was, now) {
			before.WriteString(c.Same + c.Was)
			after.WriteString(c.Same + c.Now)
		}
		if before.String() != was || after.String() != now {
			t.Fatalf("have %q and %q of %q and %q", before.String(), after.String(), was, now)
		}
	})
}
