package messages

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jobun/internal/phrases"
	"jobun/internal/phrases/phrasetest"
)

// folders are the packages whose errors and problems a user can see. Those of observe and
// of the readers below it have a table of their own, and citations say both languages.
var folders = []string{
	".", "checker", "checker/audit", "checker/coverage", "checker/export", "checker/export/docx", "checker/export/paper", "checker/export/xlsx", "checker/law", "checker/law/egov",
	"checker/law/lawxml", "checker/law/store", "checker/pack", "checker/review", "internal/day", "internal/disk", "internal/source", "tui", "tui/linear",
}

// takers are the functions that take sentences, fields the members of a struct that hold
// them, and sayers the functions whose results are words of sentences.
var (
	takers = []string{"New", "Errorf", "problem", "problemAt", "Problem", "report", "refuse", "fault", "corrupt", "placeError", "complain", "storeFailure"}
	fields = []string{"Message", "Hint", "Have", "Want", "Why", "Says"}
	names  = []string{"message", "hint", "why", "plain"}
	sayers = []string{
		"textFault", "refusal", "typeName", "called", "wantWords", "haveWords", "timeWords", "guess", "hintFor", "explainTOML", "DidYouMean", "didYouMean", "complaints", "wrongFlags", "print", "tooLarge", "parse", "describe", "clauseHint", "nameRune", "Error",
	}
	// inBoth are the functions that are given words in both languages.
	inBoth = []string{"words", "Say", "wrong", "text", "lacks"}
)

// sentence is a text of the source, with verbs for what is put into it.
type sentence struct{ text, where string }

func sentences(t *testing.T) []sentence {
	t.Helper()
	var all []sentence
	for _, folder := range folders {
		files, err := filepath.Glob(filepath.Join("../..", folder, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no source in %s: %v", folder, err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			gather := &gatherer{set: set}
			gather.walk(file, false)
			all = append(all, gather.found...)
		}
	}
	return all
}

// gatherer goes through the source of a file, and finds the texts that are given to
// where sentences belong.
type gatherer struct {
	set   *token.FileSet
	found []sentence
}

func (g *gatherer) walk(within ast.Node, told bool) {
	ast.Inspect(within, func(n ast.Node) bool {
		if n == within || n == nil {
			return true
		}
		if call, ok := n.(*ast.CallExpr); ok && slices.Contains(inBoth, phrasetest.Named(call.Fun)) {
			return false
		}
		if lit, ok := n.(*ast.CompositeLit); ok && isInBoth(lit) {
			return false
		}
		if parts := given(n); parts != nil {
			for _, part := range parts {
				g.walk(&ast.ParenExpr{X: part}, true)
			}
			return false
		}
		e, ok := n.(ast.Expr)
		if !told || !ok {
			return true
		}
		text := written(e)
		if text == "%s" {
			return true
		}
		g.found = append(g.found, sentence{text, fmt.Sprint(g.set.Position(e.Pos()))})
		return false
	})
}

// isInBoth reports whether a literal holds the words of both languages.
func isInBoth(lit *ast.CompositeLit) bool {
	return slices.ContainsFunc(lit.Elts, func(e ast.Expr) bool {
		pair, ok := e.(*ast.KeyValueExpr)
		return ok && phrasetest.Named(pair.Key) == "Ja"
	})
}

// given is what is given to a place for sentences; nil if a node is none.
func given(n ast.Node) []ast.Expr {
	switch n := n.(type) {
	case *ast.CallExpr:
		if slices.Contains(takers, phrasetest.Named(n.Fun)) {
			if phrasetest.Named(n.Fun) == "Errorf" {
				return n.Args[:1] // what is put in is no sentence of its own
			}
			return n.Args
		}
	case *ast.KeyValueExpr:
		if slices.Contains(fields, phrasetest.Named(n.Key)) {
			return []ast.Expr{n.Value}
		}
	case *ast.AssignStmt:
		if len(n.Lhs) == 1 && slices.Contains(names, phrasetest.Named(n.Lhs[0])) {
			return n.Rhs
		}
	case *ast.FuncDecl:
		if slices.Contains(sayers, n.Name.Name) && n.Body != nil {
			return []ast.Expr{&ast.FuncLit{Type: n.Type, Body: n.Body}}
		}
	case *ast.CompositeLit:
		if phrasetest.Named(n.Type) == "BrokenError" || phrasetest.Named(n.Type) == "fault" {
			return n.Elts
		}
	}
	return nil
}

// written is what an expression makes; fmt's calls make what their format says.
func written(e ast.Expr) string {
	return phrasetest.Written(e, func(call *ast.CallExpr) ast.Expr {
		if slices.Contains([]string{"Sprintf", "Errorf"}, phrasetest.Named(call.Fun)) {
			return call.Args[0]
		}
		return nil
	})
}

var (
	verb       = regexp.MustCompile(`%[#+0-9]*[sdqvwxX]`)
	twoLetters = regexp.MustCompile(`[A-Za-z]{2}`)
	twoWords   = regexp.MustCompile(`[A-Za-z]{2,},? ([a-z] )?[A-Za-z]{2,}`)
	japanese   = regexp.MustCompile(`[\p{Han}\p{Hiragana}\p{Katakana}]{4}`)
)

// pattern finds a text of the source among phrases whose places are filled with 7.
func pattern(text string) *regexp.Regexp {
	var b strings.Builder
	at := 0
	for _, m := range verb.FindAllStringIndex(text, -1) {
		b.WriteString(regexp.QuoteMeta(text[at:m[0]]) + ".*")
		at = m[1]
	}
	return regexp.MustCompile("^" + b.String() + regexp.QuoteMeta(text[at:]) + "$")
}

// notSentences are texts in those places that stay as they are, by why.
var notSentences = map[string][]string{
	"never shown: how a dialogue ends":         {"given up", "the dialogue is ended"},
	"what is taken out of a library's message": {" for int64", " for float64"},
	"a mistake of the program itself (exit code 5)": {
		"compare two runs: the counts do not add up: %+v of %d and %d findings",
		"asked again it is %s, not %s",
	},
}

// Every sentence in the source is a phrase, or several in a row, and every phrase is in
// the source.
func TestEverySentenceIsAPhrase(t *testing.T) {
	known := alone()
	finds := func(text string) bool {
		found := false
		if !twoLetters.MatchString(verb.ReplaceAllString(text, "")) {
			return false
		}
		is, sample := pattern(text), sampled(text)
		for _, k := range known {
			if is.MatchString(k.filled) || k.says(sample) {
				found, k.isUsed = true, true
			}
		}
		return found
	}
	excepted := map[string]bool{}
	for _, texts := range notSentences {
		for _, text := range texts {
			excepted[text] = false
		}
	}
	for _, s := range sentences(t) {
		if _, ok := excepted[s.text]; ok {
			excepted[s.text] = true
			continue
		}
		for _, part := range parts(s.text, finds) {
			t.Errorf("%s: %q is no phrase", s.where, part)
		}
	}
	for text, isThere := range excepted {
		if !isThere {
			t.Errorf("%q is excepted and is not in the source", text)
		}
	}
	isUsed := func(text string) bool {
		return slices.ContainsFunc(known, func(k *entry) bool { return k.isUsed && k.En() == text })
	}
	for _, k := range known {
		leads, isLead := strings.CutSuffix(k.En(), ": %e")
		_, led, _ := strings.Cut(k.En(), ": ")
		if !k.isUsed && !slices.Contains(composed, k.En()) && !(isLead && isUsed(leads)) && !isUsed(led) {
			t.Errorf("the phrase %q is not in the source", k.En())
		}
	}
}

// entry is a phrase, with a sentence made of it and a book that has it alone.
type entry struct {
	phrases.Phrase
	filled string
	book   *phrases.Book
	isUsed bool
}

func (k *entry) says(text string) bool {
	_, ok := k.book.Say(text)
	return ok
}

func alone() []*entry {
	var all []*entry
	for _, p := range ours() {
		filled := p.Fill(func(kind string) string { return map[bool]string{true: `"7"`, false: "7"}[kind == "q"] })
		all = append(all, &entry{p, filled, phrases.New(lead, []phrases.Phrase{p, {"7", "7"}}), false})
	}
	return all
}

// sampled is a text of the source with something put into it.
func sampled(text string) string {
	return verb.ReplaceAllStringFunc(text, func(v string) string { return map[bool]string{true: `"7"`, false: "7"}[v == "%q"] })
}

// parts are those parts of a sentence that are not found: the whole, or what stands
// between marks that divide sentences.
func parts(text string, finds func(string) bool) []string {
	if finds(text) || !twoWords.MatchString(verb.ReplaceAllString(text, "7")) || japanese.MatchString(text) {
		return nil
	}
	for _, between := range []string{"\n", "; "} {
		if first, rest, ok := strings.Cut(text, between); ok {
			return append(parts(first, finds), parts(rest, finds)...)
		}
	}
	for at := range len(text) {
		rest, ok := strings.CutPrefix(text[at:], ": ")
		if ok && (!twoWords.MatchString(verb.ReplaceAllString(text[:at], "")) || finds(text[:at]+": %s")) {
			return parts(rest, finds)
		}
	}
	if finds("%s (%s): "+text) || finds("%s; "+text) { // a fault of words of a provision has its place before it, a hint its message
		return nil
	}
	return []string{text}
}

// composed are phrases that no one text of the source has, besides those in which one of
// the source leads another.
var composed = []string{
	"ssh-keygen: %e", "false", "%q", "%s:%d:%d: %e", "laws/%s.json: %e", "finding %d: %e", "what was examined: %e", "this paper is refused: %s", "text %s: %e",
	"the server has no such law or text: %d %s", "the server refuses the request: %d %s", "the server is busy or out of order: %d %s",
	// What explainJSON makes.
	"unexpected %w where a value should start", "unexpected %w where a name in quotes should start", "unexpected %w where a comma or } should follow",
	"unexpected %w where a colon should follow the name", "unexpected %w where a comma or ] should follow", "unexpected %w after the end of the data",
	"unexpected %w in a string", "unexpected %w after a backslash in a string", "unexpected %w in a number", "unexpected %w in literal %i (expecting '%s')",
	// What lint says of citations, which has both languages.
	"%s is cited by article; %s is the number of a section", "%s has one paragraph: it is cited without a paragraph number", "%s has one paragraph: there is no paragraph (%d)",
	// A message with its hint.
	"the file cannot be read: %s; please report this file as a bug of the program",
}
