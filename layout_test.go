package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// leaves are the packages that know nothing of laws and that many others use.
func leaves() []string {
	return []string{"internal/source", "internal/cells", "internal/day", "internal/disk", "internal/phrases", "internal/crash"}
}

// layout is every package there may be, and which packages of the module it may
// import (DESIGN section 4). A name that ends in /... stands for all below it.
func layout() map[string][]string {
	with := func(more ...string) []string { return append(more, leaves()...) }
	return map[string][]string{
		"internal/source":  {"internal/cells"},
		"internal/cells":   {},
		"internal/day":     {},
		"internal/disk":    {},
		"internal/phrases": {},
		// Only tests read the source of the program.
		"internal/phrases/phrasetest": {},
		"internal/crash":              {},
		"rules":                       {},
		// A format too large for audit has a package below it, and so have the texts
		// of laws: their XML, and the store that keeps them.
		"checker/audit":         leaves(),
		"checker/audit/evtx":    leaves(),
		"checker/audit/listing": with("checker/audit"),
		"checker/audit/observe": with("checker/audit", "checker/audit/evtx", "checker/audit/listing"),
		"checker/law":           leaves(),
		"checker/law/lawxml":    with("checker/law"),
		"checker/law/store":     with("checker/law", "checker/law/lawxml"),
		"checker/law/cite":      with("checker/law", "checker/law/lawxml", "checker/law/store"),
		"checker/law/egov":      with("checker/law", "checker/law/lawxml", "checker/law/store"),
		"checker/coverage":      with("checker", "checker/law", "checker/law/lawxml", "checker/law/store"),
		"internal/score":        with("checker/...", "rules"),
		"checker":               with("checker/audit", "checker/law"),
		"checker/review":        with("checker", "checker/audit", "checker/law"),
		"checker/export":        with("checker", "checker/audit", "checker/law", "checker/messages", "checker/review", "checker/export/..."),
		"checker/export/docx":   {},
		"checker/export/paper":  with("checker/export/docx"),
		"checker/export/xlsx":   {},
		"checker/pack":          with("checker/export/paper"),
		"checker/messages":      leaves(),
		"tui":                   with("checker", "checker/audit", "checker/law", "checker/review", "checker/export", "rules"),
		"tui/linear":            with("checker", "checker/audit", "checker/law", "checker/review", "checker/export"),
		".":                     with("checker", "checker/...", "rules", "tui", "tui/linear"),
	}
}

func TestLayout(t *testing.T) {
	allowed := layout()
	for dir, files := range packages(t) {
		may, ok := allowed[dir]
		if !ok {
			t.Errorf("%s: there is no such package in DESIGN section 4", dir)
			continue
		}
		for _, name := range []string{"util", "utils", "common", "types", "helper", "helpers", "base", "misc"} {
			if path.Base(dir) == name || files[0].Name.Name == name {
				t.Errorf("%s: a package named %s says nothing", dir, name)
			}
		}
		for _, f := range files {
			for _, spec := range f.Imports {
				name, err := strconv.Unquote(spec.Path.Value)
				if err != nil {
					t.Fatal(err)
				}
				if name == "jobun" {
					t.Errorf("%s imports main", dir)
				}
				imported, ours := strings.CutPrefix(name, "jobun/")
				if ours && !slices.ContainsFunc(may, func(p string) bool { return within(imported, p) }) {
					t.Errorf("%s imports %s; it may import %v", dir, imported, may)
				}
			}
		}
	}
}

// The only packages that read the formats of others are those that must.
func TestLayoutKeepsFormatsInOnePlace(t *testing.T) {
	home := map[string]string{
		"github.com/BurntSushi/toml":       "internal/source",
		"github.com/pelletier/go-toml/v2":  "internal/source",
		"github.com/expr-lang/expr":        "checker",
		"github.com/spf13/cobra":           ".",
		"github.com/aymanbagabas/go-udiff": ".",
		"net/http":                         "checker/law/egov",
		"charm.land/bubbletea/v2":          "tui",
		"charm.land/lipgloss/v2":           "tui",
	}
	for dir, files := range packages(t) {
		for _, f := range files {
			for _, spec := range f.Imports {
				name, _ := strconv.Unquote(spec.Path.Value)
				for library, only := range home {
					if (name == library || strings.HasPrefix(name, library+"/")) && dir != only {
						if dir == "." && only == "tui" {
							continue // main starts the program that tui describes
						}
						t.Errorf("%s imports %s, which is %s's", dir, name, only)
					}
				}
			}
		}
	}
}

func within(name, pattern string) bool {
	if below, ok := strings.CutSuffix(pattern, "/..."); ok {
		return strings.HasPrefix(name, below+"/")
	}
	return name == pattern
}

func TestNoInitAndNoState(t *testing.T) {
	for dir, files := range packages(t) {
		for _, complaint := range stateOf(files) {
			t.Errorf("%s: %s", dir, complaint)
		}
	}
}

// stateOf finds functions named init and writes to variables of a package. A
// table or a compiled expression that is made once and only read is no state.
func stateOf(files []*ast.File) []string {
	var complaints []string
	vars := map[string]bool{}
	declared := map[any]bool{}
	for _, f := range files {
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Recv == nil && d.Name.Name == "init" {
					complaints = append(complaints, "func init")
				}
			case *ast.GenDecl:
				if d.Tok != token.VAR {
					continue
				}
				for _, spec := range d.Specs {
					v := spec.(*ast.ValueSpec)
					declared[v] = true
					for _, name := range v.Names {
						vars[name.Name] = true
					}
				}
			}
		}
	}
	// written gives the package's variable that an expression writes to: x, x.f
	// and x[i] all write to x.
	var written func(e ast.Expr) string
	written = func(e ast.Expr) string {
		switch e := e.(type) {
		case *ast.Ident:
			if e.Obj == nil && vars[e.Name] || e.Obj != nil && declared[e.Obj.Decl] {
				return e.Name
			}
		case *ast.SelectorExpr:
			return written(e.X)
		case *ast.IndexExpr:
			return written(e.X)
		case *ast.StarExpr:
			return written(e.X)
		case *ast.ParenExpr:
			return written(e.X)
		}
		return ""
	}
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			var targets []ast.Expr
			switch n := n.(type) {
			case *ast.AssignStmt:
				if n.Tok != token.DEFINE {
					targets = n.Lhs
				}
			case *ast.IncDecStmt:
				targets = []ast.Expr{n.X}
			case *ast.RangeStmt:
				if n.Tok == token.ASSIGN {
					targets = []ast.Expr{n.Key, n.Value}
				}
			case *ast.CallExpr:
				if name, ok := n.Fun.(*ast.Ident); ok && (name.Name == "delete" || name.Name == "clear") && name.Obj == nil {
					targets = n.Args[:1]
				}
			}
			for _, target := range targets {
				if target == nil {
					continue
				}
				if name := written(target); name != "" {
					complaints = append(complaints, "writes to the package's variable "+name)
				}
			}
			return true
		})
	}
	return complaints
}

// The check of state sees what it must and nothing else.
func TestStateOf(t *testing.T) {
	for _, c := range []struct {
		says, code string
		want       int
	}{
		{"a table", "var x = []int{1}\nfunc f() int { return x[0] }", 0},
		{"an assignment", "var x int\nfunc f() { x = 1 }", 1},
		{"an element", "var x = map[string]int{}\nfunc f() { x[\"a\"] = 1 }", 1},
		{"a field", "var x struct{ n int }\nfunc f() { x.n++ }", 1},
		{"a local of the same name", "var x int\nfunc f() { x := 0; x = 1; _ = x }", 0},
		{"a parameter of the same name", "var x int\nfunc f(x int) { x = 1 }", 0},
		{"deleting", "var x = map[int]int{}\nfunc f() { delete(x, 1) }", 1},
		{"init", "func init() {}", 1},
		{"a method named init", "type t int\nfunc (t) init() {}", 0},
	} {
		f, err := parser.ParseFile(token.NewFileSet(), "p.go", "package p\n"+c.code, 0)
		if err != nil {
			t.Fatal(err)
		}
		if have := stateOf([]*ast.File{f}); len(have) != c.want {
			t.Errorf("%s: want %d complaints, have %v", c.says, c.want, have)
		}
	}
}

// packages parses the files of every package of the module, without its tests.
func packages(t *testing.T) map[string][]*ast.File {
	t.Helper()
	found := map[string][]*ast.File{}
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name == "." {
				return nil
			}
			_, err := os.Stat(filepath.Join(name, "go.mod")) // another module
			if err == nil || d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ParseComments)
		if err != nil {
			return err
		}
		dir := filepath.ToSlash(filepath.Dir(name))
		found[dir] = append(found[dir], f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) < 8 {
		t.Fatalf("found %d packages only", len(found))
	}
	return found
}
