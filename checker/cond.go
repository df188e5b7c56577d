package checker

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"

	"jobun/checker/audit"
)

// Limits of a condition. Rule files are untrusted: expr's parser recurses, and
// a million brackets kill the process, so length and depth are capped before it
// runs and the tree after it.
const (
	maxCondition = 600 // characters
	maxDepth     = 16  // nested brackets
	maxNodes     = 120
	maxNestedAny = 2
	maxPattern   = 100 // characters of a regular expression
	maxProgram   = 500 // instructions that it comes to: (x?x?x?){1000} is short and costs a thousand times its length
)

// Cond is a condition, parsed and type-checked. It is walked by this package;
// expr's virtual machine and its builtins never run.
type Cond struct {
	Source string
	root   *node
}

// op is what a node does.
type op uint8

const (
	opLiteral op = iota
	opFact
	opNot
	opAnd
	opOr
	opCompare
	opIn
	opText
	opAny
	opNone
	opFinding
)

// node is one sub-expression.
type node struct {
	op        op
	text      string // as the author would write it
	kids      []*node
	word      string // the operator of opCompare and opText
	typ       audit.Type
	literal   audit.Value
	scope     scope
	kind      *audit.Kind // of opFact, and the list of opAny
	field     audit.Field
	behaviour *Behaviour
	pattern   *regexp.Regexp
	program   int    // its size
	rule      string // of opFinding
}

// scope says whose fact an opFact reads.
type scope uint8

const (
	ofSelf      scope = iota // the entity that is asked about
	ofSingleton              // computer, subject, publisher
	ofMember                 // the member of the list that any or none walks
	ofEach                   // every entity of the kind, for facts that speak for or against
)

// fault is a mistake in a condition, with its place in characters.
type fault struct {
	from, length  int
	message, hint string
}

// vocabulary is what a condition can name: the facts of the report and those
// that behaviours work out.
type vocabulary struct {
	self       *audit.Kind
	behaviours map[string]*Behaviour // by fact name
}

// compile parses and type-checks a condition. It gives all faults of type, or
// the one fault of syntax.
func compile(text string, v vocabulary) (*Cond, []fault) {
	if f := tooLarge(text); f != nil {
		return nil, []fault{*f}
	}
	tree, f := parse(text)
	if f != nil {
		return nil, []fault{*f}
	}
	c := &compiler{vocabulary: v, source: []rune(text)}
	root := c.node(tree)
	if root != nil && root.typ != audit.Bool && len(c.faults) == 0 {
		c.fault(tree, fmt.Sprintf("a condition must be true or false; this is %s", typeName(root.typ)), "")
	}
	if len(c.faults) > 0 {
		return nil, c.faults
	}
	return &Cond{Source: text, root: root}, nil
}

func tooLarge(text string) *fault {
	if n := utf8.RuneCountInString(text); n > maxCondition {
		return &fault{0, maxCondition, fmt.Sprintf("the condition has %d characters; at most %d", n, maxCondition), "make it two clauses or a behaviour"}
	}
	depth, at := 0, 0
	for _, r := range text {
		switch r {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth--
		}
		if depth > maxDepth {
			return &fault{at, 1, fmt.Sprintf("more than %d nested brackets", maxDepth), ""}
		}
		at++
	}
	return nil
}

// parse runs expr's parser, which may panic on what nobody foresaw.
func parse(text string) (root ast.Node, f *fault) {
	defer func() {
		if r := recover(); r != nil {
			root, f = nil, &fault{0, utf8.RuneCountInString(text), "this condition cannot be read", ""}
		}
	}()
	tree, err := parser.Parse(text)
	if err != nil {
		var at *file.Error
		if errors.As(err, &at) {
			return nil, &fault{at.From, max(1, at.To-at.From), strings.ToLower(at.Message[:1]) + at.Message[1:], ""}
		}
		return nil, &fault{0, 1, err.Error(), ""}
	}
	return tree.Node, nil
}
