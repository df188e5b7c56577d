package checker

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"
	"unicode/utf8"

	"github.com/expr-lang/expr/ast"

	"jobun/checker/audit"
	"jobun/internal/day"
	"jobun/internal/source"
)

// compiler turns expr's tree into ours.
type compiler struct {
	vocabulary
	source  []rune
	members []*audit.Kind // the lists that enclose the node
	nodes   int
	faults  []fault
}

func (c *compiler) fault(n ast.Node, message, hint string) *node {
	at := n.Location()
	c.faults = append(c.faults, fault{at.From, max(1, at.To-at.From), message, hint})
	return nil
}

func (c *compiler) node(n ast.Node) *node {
	c.nodes++
	if c.nodes > maxNodes {
		if c.nodes == maxNodes+1 {
			c.fault(n, fmt.Sprintf("the condition has more than %d parts", maxNodes), "make it two clauses or a behaviour")
		}
		return nil
	}
	switch n := n.(type) {
	case *ast.BoolNode:
		return literal(n.String(), audit.Value{Type: audit.Bool, Bool: n.Value})
	case *ast.IntegerNode:
		return literal(n.String(), audit.Value{Type: audit.Int, Int: int64(n.Value)})
	case *ast.StringNode:
		return literal(n.String(), audit.Value{Type: audit.String, Text: n.Value})
	case *ast.ArrayNode:
		return c.list(n)
	case *ast.MemberNode:
		return c.fact(n)
	case *ast.UnaryNode:
		return c.unary(n)
	case *ast.BinaryNode:
		return c.binary(n)
	case *ast.BuiltinNode:
		return c.quantifier(n)
	case *ast.CallNode:
		return c.call(n)
	case *ast.IdentifierNode:
		return c.identifier(n)
	default:
		return c.fault(n, refusal(n), "")
	}
}

func literal(text string, v audit.Value) *node {
	return &node{op: opLiteral, text: text, typ: v.Type, literal: v}
}

// refusal names what the language does not have.
func refusal(n ast.Node) string {
	switch n.(type) {
	case *ast.ChainNode:
		return "?. is not part of the language: a fact that is not stated is unknown by itself"
	case *ast.ConditionalNode:
		return "?: is not part of the language: make it two clauses"
	case *ast.VariableDeclaratorNode:
		return "let is not part of the language: make it a behaviour"
	case *ast.SequenceNode:
		return "; is not part of the language"
	case *ast.SliceNode:
		return "slices are not part of the language"
	case *ast.NilNode:
		return "nil is not part of the language: a fact that is not stated is unknown by itself"
	case *ast.FloatNode:
		return "numbers are whole"
	case *ast.MapNode:
		return "maps are not part of the language"
	case *ast.PointerNode:
		return "write .fact of the member, not # alone"
	default:
		return "this is not part of the language"
	}
}

// list compiles a literal list of strings.
func (c *compiler) list(n *ast.ArrayNode) *node {
	v := audit.Value{Type: audit.List, List: []string{}}
	for _, item := range n.Nodes {
		s, ok := item.(*ast.StringNode)
		if !ok {
			return c.fault(item, "a list holds strings only", "")
		}
		v.List = append(v.List, s.Value)
	}
	return literal(n.String(), v)
}

// fact compiles account.hidden, or .hidden of a member.
func (c *compiler) fact(n *ast.MemberNode) *node {
	name, ok := n.Property.(*ast.StringNode)
	if !ok || c.quoted(name) {
		return c.fault(n, "indexing is not part of the language", "")
	}
	if n.Optional {
		return c.fault(n, "?. is not part of the language: a fact that is not stated is unknown by itself", "")
	}
	switch of := n.Node.(type) {
	case *ast.PointerNode:
		if len(c.members) == 0 || of.Name != "" {
			return c.fault(n, "a fact of a member stands only inside any(…) or none(…)", "")
		}
		return c.field(n, c.members[len(c.members)-1], ofMember, name.Value)
	case *ast.IdentifierNode:
		kind, ok := audit.KindNamed(of.Value)
		switch {
		case !ok:
			return c.fault(of, fmt.Sprintf("there is no kind of entity %q", of.Value), source.DidYouMean(of.Value, audit.KindNames()))
		case c.self != nil && kind.Name == c.self.Name:
			return c.field(n, kind, ofSelf, name.Value)
		case kind.Singleton:
			return c.field(n, kind, ofSingleton, name.Value)
		default:
			return c.fault(of, fmt.Sprintf("%s is not what the rule asks about: write any(%s, .%s)", kind.Name, kind.Plural, name.Value), "")
		}
	default:
		return c.fault(n, "facts have one dot: kind.fact", "")
	}
}

// quoted reports whether a name stands in quotes: account["made"].
func (c *compiler) quoted(name *ast.StringNode) bool {
	from := name.Location().From
	return from >= 0 && from < len(c.source) && strings.ContainsRune("\"'`", c.source[from])
}

func (c *compiler) field(n ast.Node, kind *audit.Kind, s scope, name string) *node {
	text := kind.Name + "." + name
	if s == ofMember {
		text = "." + name
	}
	if b, ok := c.behaviours[kind.Name+"."+name]; ok {
		return &node{op: opFact, text: text, typ: audit.Bool, scope: s, kind: kind, behaviour: b, field: audit.Field{Name: name, Type: audit.Bool, Title: b.Title, Look: b.Look}}
	}
	field, ok := kind.Field(name)
	if !ok {
		names := kind.FieldNames()
		for fact := range c.behaviours {
			if k, rest, _ := strings.Cut(fact, "."); k == kind.Name {
				names = append(names, rest)
			}
		}
		return c.fault(n, fmt.Sprintf("%s has no fact %q", kind.Name, name), source.DidYouMean(name, names))
	}
	return &node{op: opFact, text: text, typ: field.Type, scope: s, kind: kind, field: field}
}

func (c *compiler) unary(n *ast.UnaryNode) *node {
	if n.Operator != "not" && n.Operator != "!" {
		return c.fault(n, fmt.Sprintf("%s is not part of the language", n.Operator), "")
	}
	kid := c.node(n.Node)
	if kid == nil {
		return nil
	}
	if kid.typ != audit.Bool {
		return c.fault(n, fmt.Sprintf("not stands before true or false, not before %s", typeName(kid.typ)), "")
	}
	return &node{op: opNot, text: "not " + kid.text, typ: audit.Bool, kids: []*node{kid}}
}

func (c *compiler) binary(n *ast.BinaryNode) *node {
	left, right := c.node(n.Left), c.node(n.Right)
	if left == nil || right == nil {
		if len(c.faults) == 0 {
			c.fault(n, "this cannot be read", "")
		}
		return nil
	}
	made := &node{typ: audit.Bool, kids: []*node{left, right}, word: n.Operator, text: left.text + " " + n.Operator + " " + right.text}
	switch n.Operator {
	case "&&", "and", "||", "or":
		return c.connective(n, made)
	case "==", "!=", "<", "<=", ">", ">=":
		return c.comparison(n, made)
	case "in":
		made.op = opIn
		if left.typ != audit.String || right.typ != audit.List {
			return c.fault(n, fmt.Sprintf("in wants a string in a list, has %s in %s", typeName(left.typ), typeName(right.typ)), "")
		}
		if _, ok := audit.TopicTitle(left.literal.Text); right.field.OfTopics && left.op == opLiteral && !ok {
			return c.fault(n, fmt.Sprintf("%q is no topic", left.literal.Text), "want one of "+strings.Join(audit.TopicNames(), ", "))
		}
		return made
	case "contains", "startsWith", "endsWith", "matches":
		return c.textual(n, made)
	default:
		return c.fault(n, fmt.Sprintf("%s is not part of the language", n.Operator), "")
	}
}

func (c *compiler) connective(n *ast.BinaryNode, made *node) *node {
	made.op, made.word = opAnd, "&&"
	if n.Operator == "||" || n.Operator == "or" {
		made.op, made.word = opOr, "||"
	}
	for _, kid := range made.kids {
		if kid.typ != audit.Bool {
			return c.fault(n, fmt.Sprintf("%s stands between true or false, not beside %s", n.Operator, typeName(kid.typ)), "")
		}
	}
	made.text = bracket(made.kids[0], made.op) + " " + made.word + " " + bracket(made.kids[1], made.op)
	made.kids = flatten(made)
	return made
}

// flatten turns a && b && c into one node with three kids, so that an
// explanation reads as the author wrote it.
func flatten(n *node) []*node {
	var kids []*node
	for _, kid := range n.kids {
		if kid.op == n.op {
			kids = append(kids, kid.kids...)
		} else {
			kids = append(kids, kid)
		}
	}
	return kids
}

func bracket(kid *node, parent op) string {
	if kid.op == opOr && parent == opAnd || kid.op == opAnd && parent == opOr {
		return "(" + kid.text + ")"
	}
	return kid.text
}

func (c *compiler) comparison(n *ast.BinaryNode, made *node) *node {
	made.op = opCompare
	left, right := made.kids[0], made.kids[1]
	if !c.dateLiteral(n.Right, left, right) || !c.dateLiteral(n.Left, right, left) {
		return nil
	}
	if left.typ != right.typ {
		return c.fault(n, fmt.Sprintf("%s cannot be compared with %s", typeName(left.typ), typeName(right.typ)), "")
	}
	ordered := n.Operator != "==" && n.Operator != "!="
	if ordered && left.typ != audit.Date && left.typ != audit.Int || left.typ == audit.List {
		return c.fault(n, fmt.Sprintf("%s does not compare %s", n.Operator, typeName(left.typ)), "")
	}
	return made
}

// dateLiteral lets a string stand for a date beside a date fact.
func (c *compiler) dateLiteral(at ast.Node, beside, n *node) bool {
	if beside.typ != audit.Date || n.op != opLiteral || n.typ != audit.String {
		return true
	}
	span, err := day.ParseSpan(n.literal.Text)
	if err != nil {
		c.fault(at, fmt.Sprintf("%q is not a date: %v", n.literal.Text, err), "")
		return false
	}
	n.typ, n.literal = audit.Date, audit.DateValue(span)
	return true
}

func (c *compiler) textual(n *ast.BinaryNode, made *node) *node {
	made.op = opText
	left, right := made.kids[0], made.kids[1]
	if left.typ != audit.String || right.typ != audit.String {
		return c.fault(n, fmt.Sprintf("%s wants strings, has %s and %s", n.Operator, typeName(left.typ), typeName(right.typ)), "")
	}
	if n.Operator != "matches" {
		return made
	}
	if right.op != opLiteral || utf8.RuneCountInString(right.literal.Text) > maxPattern {
		return c.fault(n.Right, fmt.Sprintf("a pattern is written out, in at most %d characters", maxPattern), "")
	}
	pattern, err := regexp.Compile(right.literal.Text)
	if err != nil {
		return c.fault(n.Right, "the pattern cannot be read: "+err.Error(), "")
	}
	made.pattern, made.program = pattern, programSize(right.literal.Text)
	if made.program > maxProgram {
		return c.fault(n.Right, "the pattern is too large", "repeat less in it")
	}
	return made
}

// programSize is how many instructions a sound pattern comes to. Each character
// of a text costs up to so many steps.
func programSize(pattern string) int {
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return maxProgram + 1
	}
	program, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		return maxProgram + 1
	}
	return len(program.Inst)
}

// quantifier compiles any(list, predicate) and none(list, predicate).
func (c *compiler) quantifier(n *ast.BuiltinNode) *node {
	if n.Name != "any" && n.Name != "none" {
		hint := "any and none are"
		if n.Name == "all" {
			hint = "it is true of an empty list: write none(list, not …)"
		}
		return c.fault(n, n.Name+" is not part of the language", hint)
	}
	list, ok := n.Arguments[0].(*ast.IdentifierNode)
	if !ok {
		return c.fault(n, n.Name+" walks a list of entities, such as accounts", "")
	}
	kind, ok := audit.KindOfList(list.Value)
	if !ok {
		return c.fault(list, fmt.Sprintf("there is no list %q", list.Value), nearestList(list.Value))
	}
	if len(c.members) >= maxNestedAny {
		return c.fault(n, fmt.Sprintf("any and none nest at most %d deep", maxNestedAny), "make it a behaviour")
	}
	predicate, ok := n.Arguments[1].(*ast.PredicateNode)
	if !ok {
		return c.fault(n, n.Name+" wants a condition on the members", "")
	}
	c.members = append(c.members, kind)
	body := c.node(predicate.Node)
	c.members = c.members[:len(c.members)-1]
	if body == nil {
		return nil
	}
	if body.typ != audit.Bool {
		return c.fault(n, fmt.Sprintf("%s wants a condition on the members, has %s", n.Name, typeName(body.typ)), "")
	}
	made := &node{op: opAny, text: fmt.Sprintf("%s(%s, %s)", n.Name, list.Value, body.text), typ: audit.Bool, kind: kind, kids: []*node{body}}
	if n.Name == "none" {
		made.op = opNone
	}
	return made
}

func nearestList(name string) string {
	var lists []string
	for _, k := range audit.Kinds() {
		if k.Plural != "" {
			lists = append(lists, k.Plural)
		}
	}
	return source.DidYouMean(name, lists)
}

// call compiles finding("rule"), the only function.
func (c *compiler) call(n *ast.CallNode) *node {
	callee, ok := n.Callee.(*ast.IdentifierNode)
	if !ok || callee.Value != "finding" {
		return c.fault(n, "the only function is finding(\"rule\")", "")
	}
	if len(n.Arguments) == 1 {
		if rule, ok := n.Arguments[0].(*ast.StringNode); ok {
			return &node{op: opFinding, text: n.String(), typ: audit.Bool, rule: rule.Value}
		}
	}
	return c.fault(n, "finding wants the name of one rule, as a string", "")
}

func (c *compiler) identifier(n *ast.IdentifierNode) *node {
	if kind, ok := audit.KindOfList(n.Value); ok {
		return c.fault(n, fmt.Sprintf("%s is a list: write any(%s, …) or none(%s, …)", n.Value, n.Value, n.Value), fmt.Sprintf("a fact of what is asked is %s.fact", kind.Name))
	}
	return c.fault(n, fmt.Sprintf("%q is not a fact: facts are kind.fact", n.Value), "")
}

func typeName(t audit.Type) string {
	switch t {
	case audit.Bool:
		return "true or false"
	case audit.Int:
		return "a number"
	case audit.Date:
		return "a date"
	case audit.List:
		return "a list"
	default:
		return "a string"
	}
}

// walk visits every node, parents first.
func (n *node) walk(visit func(*node)) {
	visit(n)
	for _, kid := range n.kids {
		kid.walk(visit)
	}
}
