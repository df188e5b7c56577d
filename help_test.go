package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"jobun/internal/cells"
)

// everyCommand visits the commands that this program adds to cobra's own.
func everyCommand(cmd *cobra.Command, visit func(*cobra.Command)) {
	visit(cmd)
	for _, c := range cmd.Commands() {
		everyCommand(c, visit)
	}
}

// Whatever a command or a flag says of itself, it says in both languages, and the table
// holds nothing else.
func TestHelpInJapanese(t *testing.T) {
	root := new(session).root()
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	said := map[string]bool{"Generate the autocompletion script for the specified shell": true}
	want := func(of, text string) {
		if text == "" || of == "jobun" && text == root.Long { // the page of the program itself shows the short text
			return
		}
		said[text] = true
		if helpInJapanese[text] == "" {
			t.Errorf("%s: no Japanese for %q", of, text)
		}
	}
	everyCommand(root, func(c *cobra.Command) {
		if strings.HasPrefix(c.CommandPath(), "jobun completion") {
			return // cobra's
		}
		want(c.CommandPath(), c.Short)
		if c.Name() != "help" {
			want(c.CommandPath(), c.Long)
		}
		c.LocalFlags().VisitAll(func(f *pflag.Flag) { want(c.CommandPath()+" --"+f.Name, f.Usage) })
	})
	for text := range helpInJapanese {
		if !said[text] {
			t.Errorf("nothing says %q any more", text)
		}
	}
}

// Every help page keeps to the width of an old terminal, but for examples, which are
// copied whole, and a line of use.
func TestHelpWidth(t *testing.T) {
	for _, lang := range []string{"ja", "en"} {
		everyCommand(new(session).root(), func(c *cobra.Command) {
			var out bytes.Buffer
			if code := run(append(strings.Fields(c.CommandPath())[1:], "--help", "--lang", lang), nil, &out, &out); code != 0 {
				t.Fatalf("%s: exit code %d", c.CommandPath(), code)
			}
			for _, line := range strings.Split(out.String(), "\n") {
				if cells.Width(line) > helpWidth && !strings.HasPrefix(line, "  jobun ") {
					t.Errorf("%s: %d cells: %s", c.CommandPath(), cells.Width(line), line)
				}
			}
			if other := map[string]string{"ja": "Usage:", "en": "使い方:"}[lang]; strings.Contains(out.String(), other) {
				t.Errorf("%s in %s has %q", c.CommandPath(), lang, other)
			}
		})
	}
}
