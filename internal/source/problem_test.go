package source

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the wanted output in testdata")

// golden compares with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s:\n%s\nwant\n%s", name, got, want)
	}
}

func TestRender(t *testing.T) {
	text := `title = 1
"管理者" = { isued_by = "x" }
	"あ"	=	{	isued_by	= "x" }
"長い" = "` + strings.Repeat("条文の長い行を切る", 12) + `" # 後
x = """
一
二"""
`
	tree := mustParse(t, "report.toml", text)
	var b strings.Builder
	for _, c := range []struct {
		path  string
		width int
	}{
		{"title", 80},
		{"管理者.isued_by", 80},
		{"あ.isued_by", 80},
		{"長い", 60},
		{"x", 80},
		{"管理者.isued_by", 20},
	} {
		p := tree.Problem(tree.Key(c.path), "JB1003", `account has no fact "isued_by"`, `did you mean "issued_by"?`)
		fmt.Fprintf(&b, "-- key %s, %d cells\n%s\n", c.path, c.width, p.Render(c.width))
		p = tree.Problem(tree.At(c.path), "", "x\n\x1b[31m", "")
		fmt.Fprintf(&b, "-- value %s, %d cells\n%s\n", c.path, c.width, p.Render(c.width))
	}
	for _, at := range []int{0, 10, 50, 104, 107} {
		p := tree.Problem(tree.Within("長い", at, 4), "JB2001", "here", "")
		fmt.Fprintf(&b, "-- at %d, 50 cells\n%s\n", at, p.Render(50))
	}
	p := tree.Problem(Pos{Line: 99, Col: 99, Offset: 9999}, "JB2001", "outside", "")
	fmt.Fprintf(&b, "-- outside\n%s\n", p.Render(50))
	p = tree.Problem(Pos{Line: 1, Col: 10, Offset: 9}, "JB2001", "at the end of the line", "")
	fmt.Fprintf(&b, "-- end of line\n%s\n", p.Render(0))
	golden(t, "render.want", b.String())
}

func TestRenderKeepsTheCaretInside(t *testing.T) {
	line := strings.Repeat("a\t管理", 100)
	for width := 0; width < 120; width += 11 {
		for col := 1; col <= 402; col += 7 {
			p := &Problem{Pos: Pos{Line: 1, Col: col, Length: col % 90}, Source: line}
			lines := strings.Split(p.Render(width), "\n")
			room := max(width, leastFor+8)
			if width == 0 {
				room = 100
			}
			if len(lines) != 3 || len(lines[2]) > room+1 || !strings.Contains(lines[2], "^") {
				t.Fatalf("width %d, column %d:\n%s", width, col, strings.Join(lines, "\n"))
			}
		}
	}
}

func TestProblemsSortAndStopAtFifty(t *testing.T) {
	var ps Problems
	if ps.Err() != nil {
		t.Error("no problem is an error")
	}
	for i := range 60 {
		ps = append(ps, &Problem{File: fmt.Sprint("f", i%2), Pos: Pos{Line: 60 - i, Col: 1}, Message: "m"})
	}
	ps.Sort()
	lines := strings.Split(ps.Err().Error(), "\n")
	if len(lines) != 51 || lines[0] != "f0:2:1: m" || lines[30] != "f1:1:1: m" || lines[50] != "... and 10 more" {
		t.Errorf("%d lines, %q %q %q", len(lines), lines[0], lines[30], lines[len(lines)-1])
	}
	if got := strings.Count(ps.Render(80), "\n"); got != 50 {
		t.Errorf("%d", got)
	}
}

func TestNearest(t *testing.T) {
	for _, c := range []struct{ name, among, want string }{
		{"isued_by", "issued_by,issued_at,made_by", "issued_by"},
		{"mdae", "made", "made"}, // two exchanged letters are one slip
		{"Title", "title", "title"},
		{"bat", "cat,bar", "bar"},
		{"x", "y", ""},
		{"xyzzy", "title,law", ""},
		{"管里者", "管理者", "管理者"},
		{strings.Repeat("a", 100), strings.Repeat("a", 99), ""},
	} {
		got, ok := Nearest(c.name, strings.Split(c.among, ","))
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%s is near %q, want %q", c.name, got, c.want)
		}
	}
}
