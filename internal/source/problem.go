package source

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"jobun/internal/cells"
)

// The codes of the problems that this package finds. A code never changes its meaning.
const (
	// CodeSyntax says that the text is not TOML or not JSON.
	CodeSyntax = "JB1001"
	// CodeText says that the file is not UTF-8 text, or holds a control character.
	CodeText = "JB1002"
	// CodeUnknownKey says that nothing is read from a key of this name here.
	CodeUnknownKey = "JB1003"
	// CodeLimit says that the file is larger or deeper than is read.
	CodeLimit = "JB1004"
	// CodeDuplicate says that a key is set twice, or that a name is used for two things.
	CodeDuplicate = "JB1005"
	// CodeType says that a value is of another kind than is wanted.
	CodeType = "JB1006"
	// CodeMissing says that a key which has to be there is not.
	CodeMissing = "JB1007"
	// CodeChoice says that a word is not one of those allowed.
	CodeChoice = "JB1008"
	// CodeValue says that a value is of the right kind but cannot be read.
	CodeValue = "JB1009"
	// CodeTooMany says that there are more problems than are listed.
	CodeTooMany = "JB1010"
	// CodeReader says that the program, not the file, may be at fault.
	CodeReader = "JB1011"
)

const (
	mostKept    = 1000 // problems kept in memory for one file
	mostPrinted = 50   // problems printed for one file
)

// Problem is a mistake at a place in a file.
type Problem struct {
	File string
	Pos
	Message string
	// Hint says what to do about it; it may be empty.
	Hint string
	Code string
	// Source is the line itself.
	Source string
}

// Error is one line: file, line, column, message and hint.
func (p *Problem) Error() string {
	return cells.Sanitise(oneLine(fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Col, p.says())))
}

// says is the message with what to do about it.
func (p *Problem) says() string {
	if p.Hint == "" {
		return p.Message
	}
	return p.Message + "; " + p.Hint
}

// in is the problem in the words that say gives.
func (p *Problem) in(say func(string) string) *Problem {
	said := *p
	said.Message, said.Hint = say(p.says()), ""
	return &said
}

func oneLine(s string) string {
	return strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ").Replace(s)
}

// Problems are the mistakes found in one reading.
type Problems []*Problem

// Err is nil if there is no problem.
func (ps Problems) Err() error {
	if len(ps) == 0 {
		return nil
	}
	return ps
}

// Error has one line for each problem, and says how many are left out.
func (ps Problems) Error() string {
	return ps.print((*Problem).Error, asItIs)
}

// Render shows each problem with its line, fitted into width terminal cells.
func (ps Problems) Render(width int) string { return ps.RenderIn(width, asItIs) }

// RenderIn is Render in the words that say gives: for a problem's message with its hint,
// and for how many are left out.
func (ps Problems) RenderIn(width int, say func(string) string) string {
	return ps.print(func(p *Problem) string { return p.in(say).Render(width) }, say)
}

func asItIs(text string) string { return text }

func (ps Problems) print(show func(*Problem) string, say func(string) string) string {
	var b strings.Builder
	for i, p := range ps {
		if i > 0 {
			b.WriteByte('\n')
		}
		if i == mostPrinted {
			b.WriteString(say(fmt.Sprintf("... and %d more", len(ps)-i)))
			break
		}
		b.WriteString(show(p))
	}
	return b.String()
}

// Sort puts the problems in the order of file, line and column.
func (ps Problems) Sort() {
	slices.SortStableFunc(ps, func(a, b *Problem) int {
		return cmp.Or(
			cmp.Compare(a.File, b.File),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Col, b.Col),
		)
	})
}
