package main

import (
	"go/ast"
	"go/token"
	"regexp"
	"strconv"
	"testing"
)

// Every code that a problem can carry is explained, and no other.
func TestErrorCodes(t *testing.T) {
	explained := map[string]bool{}
	for _, c := range errorCodes() {
		if explained[c.code] {
			t.Errorf("%s is explained twice", c.code)
		}
		explained[c.code] = true
	}
	code := regexp.MustCompile(`^JB[0-9]{4}$`)
	used := map[string]bool{}
	for dir, files := range packages(t) {
		for _, f := range files {
			ast.Inspect(f, func(n ast.Node) bool {
				if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
					text, err := strconv.Unquote(literal.Value)
					if err == nil && code.MatchString(text) {
						used[text] = true
						if !explained[text] {
							t.Errorf("%s: nothing explains %s", dir, text)
						}
					}
				}
				return true
			})
		}
	}
	for text := range explained {
		if !used[text] {
			t.Errorf("%s is explained and no problem carries it", text)
		}
	}
}
