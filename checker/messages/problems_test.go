package messages

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Every problem of which a test of another package says how it reads is known whole, with
// its hint.
func TestProblemsOfTestsAreKnown(t *testing.T) {
	var all []string
	text, err := os.ReadFile("../../internal/source/testdata/decode.want")
	if err != nil {
		t.Fatal(err)
	}
	all = append(all, strings.Split(string(text), "\n")...)
	all = append(all, texts(t, "../../internal/source/parse_test.go")...)
	problem := regexp.MustCompile(`^(?:error\[JB[0-9]{4}\] )?\S+:[0-9]+:[0-9]+: (?:JB[0-9]{4} )?(.*?)(?:; )?$`)
	found := 0
	for _, line := range all {
		m := problem.FindStringSubmatch(line)
		if m == nil || m[1] == "" || strings.Contains(line, "want an even number") { // a value that only the test has
			continue
		}
		found++
		if Say("ja", m[1]) == m[1] {
			t.Errorf("%q is not known", m[1])
		}
	}
	if found < 50 {
		t.Errorf("only %d problems were found", found)
	}
}

// texts are the lines of the texts in a file of Go.
func texts(t *testing.T, name string) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			text, _ := strconv.Unquote(lit.Value)
			all = append(all, strings.Split(text, "\n")...)
		}
		return true
	})
	return all
}
