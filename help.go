package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"jobun/internal/cells"
)

// helpWidth is the widest line of a help page, in cells.
const helpWidth = 80

// help prints the help page of a command: what it does, examples first, and the flags
// with what they mean, in the language of --lang and within the width of a terminal.
func (s *session) help(cmd *cobra.Command, _ []string) {
	h := &helpPage{w: cmd.OutOrStdout(), lang: s.lang}
	h.text(0, h.say(cmd.Short))
	if long := h.say(cmd.Long); long != "" && cmd.HasParent() {
		h.gap()
		h.text(0, long)
	}
	if cmd.HasExample() {
		h.heading("例", "Examples")
		fmt.Fprintln(h.w, cmd.Example)
	}
	h.heading("使い方", "Usage")
	if cmd.Runnable() {
		fmt.Fprintln(h.w, "  "+cmd.UseLine())
	}
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintln(h.w, "  "+cmd.CommandPath()+" [command]")
	}
	h.commands(cmd)
	h.flags(cmd.LocalFlags(), "フラグ", "Flags")
	h.flags(cmd.InheritedFlags(), "どの命令にもあるフラグ", "Global flags")
	if cmd.HasAvailableSubCommands() {
		h.gap()
		h.text(0, h.words(cmd.CommandPath()+" COMMAND --help で、命令ごとの説明を示す。", "See "+cmd.CommandPath()+" COMMAND --help for each command."))
	}
}

// helpPage writes one help page.
type helpPage struct {
	w    io.Writer
	lang string
}

func (h *helpPage) words(ja, en string) string {
	if h.lang == "en" {
		return en
	}
	return ja
}

// say gives a text of a command or a flag, which is written in English beside the code,
// in the page's language. cobra's own texts stay as they are.
func (h *helpPage) say(en string) string {
	if name, ok := strings.CutPrefix(en, "help for "); ok {
		return h.words(name+" の説明", en)
	}
	if ja, ok := helpInJapanese[en]; ok {
		return h.words(ja, en)
	}
	return en
}

func (h *helpPage) gap() { fmt.Fprintln(h.w) }

func (h *helpPage) heading(ja, en string) {
	h.gap()
	fmt.Fprintln(h.w, h.words(ja, en)+":")
}

// text writes a text with every line indented. Its paragraphs are kept, its lines are not.
func (h *helpPage) text(indent int, text string) {
	for i, paragraph := range strings.Split(text, "\n\n") {
		if i > 0 {
			h.gap()
		}
		for _, line := range cells.Wrap(unfolded(paragraph), helpWidth-indent) {
			fmt.Fprintln(h.w, strings.Repeat(" ", indent)+line)
		}
	}
}

// unfolded joins the lines of a paragraph: with a space between words of Latin letters.
func unfolded(paragraph string) string {
	joined := strings.ReplaceAll(paragraph, "。\n", "。")
	return strings.ReplaceAll(joined, "\n", " ")
}

// listed writes names and what they mean, these in one column.
func (h *helpPage) listed(names, meanings []string) {
	const widest = 24 // a longer name has a line of its own
	column := 0
	for _, name := range names {
		if w := cells.Width(name); w <= widest {
			column = max(column, w)
		}
	}
	column += 4
	for i, name := range names {
		lines := cells.Wrap(meanings[i], helpWidth-column)
		lead := "  " + name
		if cells.Width(lead) > column-2 {
			fmt.Fprintln(h.w, lead)
			lead = ""
		}
		for _, line := range lines {
			fmt.Fprintln(h.w, cells.Pad(lead, column)+line)
			lead = ""
		}
	}
}

func (h *helpPage) commands(cmd *cobra.Command) {
	var names, meanings []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			names, meanings = append(names, c.Name()), append(meanings, h.say(c.Short))
		}
	}
	if len(names) > 0 {
		h.heading("命令", "Commands")
		h.listed(names, meanings)
	}
}

func (h *helpPage) flags(set *pflag.FlagSet, ja, en string) {
	var names, meanings []string
	set.VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			names, meanings = append(names, h.flagName(f)), append(meanings, h.flagMeaning(f))
		}
	})
	if len(names) > 0 {
		h.heading(ja, en)
		h.listed(names, meanings)
	}
}

func (h *helpPage) flagName(f *pflag.Flag) string {
	name := "    --" + f.Name
	if f.Shorthand != "" {
		name = "-" + f.Shorthand + ", --" + f.Name
	}
	if f.Value.Type() != "bool" {
		name += h.words(" 値", " VALUE")
	}
	return name
}

func (h *helpPage) flagMeaning(f *pflag.Flag) string {
	meaning := h.say(f.Usage)
	switch f.DefValue {
	case "", "false", "[]", "0", "0s":
		return meaning
	default:
		return meaning + h.words("（指定がなければ "+f.DefValue+"）", " (default "+f.DefValue+")")
	}
}
