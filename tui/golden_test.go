package tui

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/width"
)

var update = flag.Bool("update", false, "write the goldens anew")

// screens are the keys that lead to each screen of the small case.
var screens = []struct {
	name string
	keys []string
}{
	{"screen", nil},
	{"finding", []string{"j", "enter", "j", "j"}},
	{"evidence", []string{"j", "enter", "j", "j", "j", "v"}},
	{"statements", []string{"r"}},
	{"provision", []string{"t"}},
	{"timeline", []string{"2", "j", "j", "j", "j"}},
	{"moment", []string{"2", "enter"}},
	{"exhibits", []string{"3"}},
	{"exhibit", []string{"3", "j", "j", "enter"}},
	{"laws", []string{"4", "enter"}},
	{"rules", []string{"6"}},
	{"rule", []string{"6", "j", "enter"}},
	{"journal-empty", []string{"5"}},
	{"diagram", []string{"B"}},
	{"take-up", []string{"a"}},
	{"set-aside", []string{"d", "2", "証", "拠", "が", "足", "り", "な", "い"}},
	{"set-aside-many", []string{"*", "d"}},
	{"marked", []string{"space"}},
	{"needs-evidence", []string{"e"}},
	{"answer", []string{"enter", "A", "y", "tab"}},
	{"decided", []string{"d", "1", "x", "ctrl+s", "j", "a", "x", "ctrl+s", "k"}},
	{"journal", []string{"d", "1", "x", "ctrl+s", "j", "a", "x", "ctrl+s", "u", "5"}},
	{"history", []string{"d", "1", "x", "ctrl+s", "u", "L"}},
	{"help", []string{"?"}},
	{"filter", []string{"f"}},
	{"sort", []string{"s"}},
	{"search", []string{"/", "条", "enter"}},
}

func TestScreens(t *testing.T) {
	result := smallCase(t)
	for _, lang := range []string{"ja", "en"} {
		for _, size := range [][2]int{{60, 20}, {80, 24}, {120, 40}, {180, 50}} {
			for _, screen := range screens {
				m := reviewing(t, result, lang, size[0], size[1])
				lines := press(t, m, screen.keys...)
				checkGlyphs(t, lines)
				golden(t, fmt.Sprintf("%s.%s.%dx%d.txt", screen.name, lang, size[0], size[1]), lines)
			}
			m := started(emptyCase(t), lang, size[0], size[1])
			golden(t, fmt.Sprintf("altered.%s.%dx%d.txt", lang, size[0], size[1]), press(t, started(alteredCase(t), lang, size[0], size[1])))
			golden(t, fmt.Sprintf("empty.%s.%dx%d.txt", lang, size[0], size[1]), press(t, m))
		}
	}
}

// checkGlyphs checks that no character of the screen is one that Japanese
// terminals draw two cells wide and others one.
func checkGlyphs(t *testing.T, lines []string) {
	t.Helper()
	for _, line := range lines {
		for _, r := range line {
			if width.LookupRune(r).Kind() == width.EastAsianAmbiguous {
				t.Errorf("%q (%U) is of ambiguous width: %s", r, r, line)
			}
		}
	}
}

// golden compares a screen with the file of what it must be.
func golden(t *testing.T, name string, lines []string) {
	t.Helper()
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	have := strings.Join(lines, "\n") + "\n"
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(have), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want := string(readFile(t, path)); have != want {
		t.Errorf("%s differs (go test ./tui -update writes it anew):\n%s", name, have)
	}
}
