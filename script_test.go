package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(withoutLaws{m}, map[string]func(){"jobun": main})
}

// withoutLaws runs the tests with an empty law store, so that the user's own never
// changes what they see. Scripts have an environment of their own, without any.
type withoutLaws struct{ *testing.M }

func (m withoutLaws) Run() int {
	dir, err := os.MkdirTemp("", "jobun-law-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	if err := os.Setenv("JOBUN_LAW", dir); err != nil {
		panic(err)
	}
	return m.M.Run()
}

// TestScript runs the command lines of testdata/script as a user would. Beside
// the commands of testscript there is
//
//	exits CODE jobun ARG...
//
// which wants just that exit code. $RULES is the program's own, and $FIXTURES is a copy
// without the decisions that somebody who tried the program may have left beside a report.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *update,
		Setup: func(env *testscript.Env) error {
			rules, err := filepath.Abs("rules")
			if err != nil {
				return err
			}
			env.Setenv("RULES", rules)
			env.Setenv("LocalAppData", filepath.Join(env.WorkDir, ".local")) // of Windows; testscript has none
			fixtures := filepath.Join(env.WorkDir, ".fixtures")
			env.Setenv("FIXTURES", fixtures)
			if err := copyFixtures(fixtures); err != nil {
				return err
			}
			// A file that is not UTF-8 cannot be written in a script.
			return os.WriteFile(filepath.Join(env.WorkDir, "not-utf8.toml"), []byte("format = 1\ntitle = \"\x93\xfa\x96\x7b\"\n"), 0o644)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
	})
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARG...")
	}
	want, err := strconv.Atoi(args[0])
	if err != nil {
		ts.Fatalf("%v", err)
	}
	have := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		have = exit.ExitCode()
	}
	if have != want {
		ts.Fatalf("exit code %d, want %d", have, want)
	}
	// Wine has its own words for the errors of the system, which nobody translates.
	if !slices.Contains(args, "--lang") && runtime.GOOS != "windows" {
		saysItInJapanese(ts)
	}
}

// saysItInJapanese fails where what a command wrote to stderr has three words of English
// in a row, outside of what it quotes and of the lines of a file that it shows.
func saysItInJapanese(ts *testscript.TestScript) {
	for line := range strings.SplitSeq(ts.ReadFile("stderr"), "\n") {
		if ofFile.MatchString(line) {
			continue
		}
		if english := threeWords.FindString(quotation.ReplaceAllString(line, "")); english != "" {
			ts.Fatalf("stderr has %q: %s", english, line)
		}
	}
}

var (
	ofFile     = regexp.MustCompile(`^ +[0-9]* \| `)
	quotation  = regexp.MustCompile(`「[^「」]*」|"[^"]*"|jobun [a-z]+ [a-z]+`)
	threeWords = regexp.MustCompile(`[A-Za-z']{2,} [A-Za-z']{2,} [A-Za-z']{2,}`)
)

// notIfShort leaves a test out of the run under the race detector (.ci/run), where it
// would take many times as long: it makes one program run after another, and what may
// run at once in them the packages under it test.
func notIfShort(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("with -short")
	}
}

func copyFixtures(to string) error {
	if err := os.CopyFS(to, os.DirFS("fixtures")); err != nil {
		return err
	}
	left, err := filepath.Glob(filepath.Join(to, "*", "*.decisions.jsonl*"))
	for _, name := range left {
		err = errors.Join(err, os.Remove(name))
	}
	return err
}
