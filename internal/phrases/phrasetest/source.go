// Package phrasetest reads sentences out of Go source, for the tests that hold a table of
// phrases to be complete.
package phrasetest

import (
	"go/ast"
	"go/token"
	"strconv"
)

// Named is the last name of a name: Errorf of fmt.Errorf. "" of what has none.
func Named(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// Written is what an expression makes: %s stands for what is not in the source. Of a call,
// text gives the argument that the text is in; nil if there is none.
func Written(e ast.Expr, text func(*ast.CallExpr) ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			literal, _ := strconv.Unquote(e.Value)
			return literal
		}
	case *ast.BinaryExpr:
		if e.Op == token.ADD {
			return Written(e.X, text) + Written(e.Y, text)
		}
	case *ast.ParenExpr:
		return Written(e.X, text)
	case *ast.CallExpr:
		if inside := text(e); inside != nil {
			return Written(inside, text)
		}
	}
	return "%s"
}
