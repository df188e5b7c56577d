package observe

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jobun/checker/audit/listing"
	"jobun/internal/phrases"
	"jobun/internal/phrases/phrasetest"
)

// A phrase has the same places in both languages, and no phrase is there twice.
func TestPhrases(t *testing.T) {
	for _, wrong := range phrases.Mistakes(japanesePhrases()) {
		t.Error(wrong)
	}
}

// What stands in the places is kept byte for byte, whatever it is.
func TestPlacesAreKept(t *testing.T) {
	texts := []string{
		"C:\\Program Files\\鍵\\setup.exe", "a; b, c: d", "enabled", "names no account", `"x"`, "「名」", "100% %s %[2]w", "", " ", "line 3: EOF",
		strings.Repeat("too many values; ", 300),
	}
	words := regexp.MustCompile(`[^\n]`)
	for _, p := range japanesePhrases() {
		for _, text := range texts {
			var given []string
			sentence := p.Fill(func(kind string) string {
				switch kind {
				case "d":
					return "7"
				case "i":
					return "E7"
				case "w":
					return "not UTF-8"
				case "q":
					given = append(given, text)
					return `"` + text + `"`
				case "a":
					given = append(given, text)
					return text + " → " + text
				default:
					given = append(given, text)
					return text
				}
			})
			ja := Say("ja", sentence)
			for _, text := range given {
				if words.MatchString(text) && !strings.Contains(ja, text) && !strings.Contains(ja, strings.Trim(text, " ")) {
					t.Errorf("%q lost %q: %q", sentence, text, ja)
				}
			}
		}
	}
}

func TestSay(t *testing.T) {
	for _, c := range [][2]string{
		{`image "C:\a; b\x.exe" (by its name)`, "実行ファイル「C:\\a; b\\x.exe」（名の一致による）"},
		{`"net.exe", started by "setup.exe" (pid 6720); image "C:\setup.exe"`, `「net.exe」は "setup.exe" (pid 6720) から起動された。その起点：実行ファイル「C:\setup.exe」`},
		// A name is no sentence of ours.
		{`image "C:\x was started by the subject's SHA-256 0123"`, `実行ファイル「C:\x was started by the subject's SHA-256 0123」`},
		{`"a, started by b; signed by c" was started by the subject's image "d"`, `「a, started by b; signed by c」は対象のプロセスから起動された：実行ファイル「d」`},
		// How a sentence is to be divided must not be guessed.
		{"data a → b", "データ：「a」→「b」"},
		{"data a → b → c", "データ：「a → b → c」"},
		{"store  → Root", "証明書ストア：なし→「Root」"},
		{"store My →", "証明書ストア：「My」→なし"},
		{"line 3: decode as shift_jis: byte 7: half a character: nothing after it was read", "3行目：文字コード shift_jis としての読取り、先頭から 7バイトの位置：文字が途中で切れている。その後は読み取っていない"},
		{"a value of unknown form: \"hex(…", "形の分からない値：「hex(…」"},
		{"b.xml: unexpected EOF", "「b.xml」：ファイルが途中で切れている"},
		{"not UTF-8: not UTF-8", "「not UTF-8」：UTF-8 でない"},
		{"a: b: unexpected EOF", "「a: b」：ファイルが途中で切れている"},
		{"read: something that the system says", "読取り：「something that the system says」"},
		{"Security: events of scheduled tasks are in it; the log was switched on", "「Security」：タスクの記録がある。このログは有効になっていた"},
		{"complete list of: account, service", "全件を示しているもの：アカウント、サービス"},
		{"9 bytes; format: gzip + event XML", "9バイト、形式：gzip + イベントの XML"},
		{"SeDebugPrivilege", "SeDebugPrivilege"},
	} {
		if have := Say("ja", c[0]); have != c[1] {
			t.Errorf("%q\n is %q\nnot %q", c[0], have, c[1])
		}
		if have := Say("en", c[0]); have != c[0] {
			t.Errorf("%q is %q in English", c[0], have)
		}
	}
}

// What the record itself says is quoted and never looked up.
func TestQuotedRuleName(t *testing.T) {
	name := file(t, "log.xml", []byte(events(record{log: "firewall", id: 2004, data: []string{"RuleId", "{1}", "RuleName", "starts once (RunOnce)", "Action", "3", "Direction", "1"}})))
	for lang, want := range map[string]string{"ja": "受信の許可。「starts once (RunOnce)」", "en": "allow in; starts once (RunOnce)"} {
		r, err := Run(Options{Paths: []string{name}, Lang: lang})
		if err != nil {
			t.Fatal(err)
		}
		if have := r.Report.Observed[0].Note; have != want {
			t.Errorf("%s: %q, not %q", lang, have, want)
		}
	}
}

// sentence is a text of the source: literals with what is put into them as %s and %d.
type sentence struct {
	text, where string
	told        bool // it is given to what takes sentences only
}

// takers are the functions that take sentences only, and lists those that hold them; the
// field note has one.
var (
	takers = []string{"note", "lost", "bad", "misread", "count", "lose", "problem", "matter", "New", "constError"}
	lists  = []string{"also", "Notes", "caveats", "Caveats", "because", "words", "parts"}
)

// sentences goes through the source of a package. Of an expression that joins texts it
// gives the whole, and also of a call the texts that it is given.
func sentences(t *testing.T, dir string) []sentence {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no source in %s: %v", dir, err)
	}
	var all []sentence
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") || strings.HasPrefix(filepath.Base(name), "words") {
			continue
		}
		files := token.NewFileSet()
		source, err := parser.ParseFile(files, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		told := map[ast.Expr]bool{}
		ast.Inspect(source, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && called(call) == "in" { // has its Japanese beside it
				return false
			}
			for _, e := range given(n) {
				told[e] = true
			}
			e, ok := n.(ast.Expr)
			if !ok {
				return true
			}
			text := written(e)
			if text == "%s" {
				return true
			}
			all = append(all, sentence{text, fmt.Sprint(files.Position(e.Pos())), told[e]})
			return false
		})
	}
	return all
}

// given are the expressions that are given to one of the takers.
func given(n ast.Node) []ast.Expr {
	switch n := n.(type) {
	case *ast.CallExpr:
		if slices.Contains(takers, called(n)) {
			return n.Args
		}
		if called(n) == "append" && slices.Contains(lists, phrasetest.Named(n.Args[0])) {
			return n.Args[1:]
		}
	case *ast.KeyValueExpr:
		if key, ok := n.Key.(*ast.Ident); ok && key.Name == "note" {
			return []ast.Expr{n.Value}
		}
	case *ast.AssignStmt:
		for i, to := range n.Lhs {
			if field, ok := to.(*ast.SelectorExpr); ok && field.Sel.Name == "note" && len(n.Lhs) == len(n.Rhs) {
				return n.Rhs[i : i+1]
			}
		}
	}
	return nil
}

// called is the name of the function that is called.
func called(call *ast.CallExpr) string { return phrasetest.Named(call.Fun) }

// written is what an expression makes; of calls that give a text on, it is that text.
func written(e ast.Expr) string {
	return phrasetest.Written(e, func(call *ast.CallExpr) ast.Expr {
		switch called(call) {
		case "cut", "Sprintf", "Errorf", "TrimPrefix", "TrimSpace", "constError":
			return call.Args[0]
		case "problem":
			return call.Args[1]
		}
		return nil
	})
}

var (
	verb       = regexp.MustCompile(`%[#+0-9]*[a-z]`)
	twoLetters = regexp.MustCompile(`[A-Za-z]{2}`)
	twoWords   = regexp.MustCompile(`[A-Za-z]{2,},? ([a-z] )?[A-Za-z]{2,}`)
	lead       = regexp.MustCompile(`^(line|byte) %d: |^; `)
)

// pattern makes of a text of the source what finds it among the phrases.
func (s sentence) pattern() *regexp.Regexp {
	text := lead.ReplaceAllString(s.text, "")
	if !twoLetters.MatchString(verb.ReplaceAllString(text, "")) {
		text = s.text
	}
	var b strings.Builder
	at := 0
	for _, m := range verb.FindAllStringIndex(text, -1) {
		b.WriteString(regexp.QuoteMeta(text[at:m[0]]))
		b.WriteString(map[bool]string{true: "7", false: ".*"}[text[m[1]-1] == 'd'])
		at = m[1]
	}
	b.WriteString(regexp.QuoteMeta(text[at:]))
	return regexp.MustCompile("^" + b.String() + "$")
}

// notSentences are texts of the source with two words in English that are no sentences
// about evidence, by why they are not. What has a backslash is a path or a key.
var notSentences = map[string][]string{
	"data of the report, never translated": {
		"S-1-1-0 (no access list)", "line %d", "EventRecordID %d", "JSON pointer %s/%d", "firewall: Enable Windows Firewall",
	},
	"in both languages": {
		"Audit report, made from records by jobun observe; a person completes it.", "Complete the places marked 補う. What is here is what the records say; what is not here",
		"is not said to be absent, except inside [[examined]].", "補う：件名 the name of the matter", "── 対象 The software. 補う：名、版、提供者（当事者の id）、ファイルのハッシュ",
		"── 当事者 Who is concerned, by role. 補う：申立人・利用者・提供者", "── 証拠 The files. 補う：収集した者・日時・方法（custody を前に足す）、時計のずれ、再現なら role と build",
		"── 調べた範囲 What was looked for, and where. この範囲の中でだけ、記録がないことは「ない」ことを示す。", "確かめる：監査の設定、消去、記録の始まりと終わり。Check the audit policy before relying on it.",
		"── 観察事実 What the records say. attribution がないものは、誰がしたか不明 (unknown)。", "── 経過 For the chronology; no fact rests on these.",
		"── 補う：記録からは分からないこと What no log shows",
	},
	"what Windows and its tools write": {
		"Date and Time", "service control manager", "Service Control Manager", "microsoft-windows-windows firewall with advanced security",
		"microsoft-windows-windows firewall with advanced security/", "firewall with advanced security/firewall", "Microsoft-Windows-Windows Firewall With Advanced Security",
		"Microsoft-Windows-Windows Firewall With Advanced Security/Firewall", "Microsoft Windows security auditing.", "Enable Windows Firewall", "Mon Jan 2 15:04:05 2006 MST",
		"Time of Day", "Image Path", "Process Name", "Process Create", "Command line: ", "Process Exit", "TCP Connect", "keys added", "keys deleted", "values added", "values deleted", "values modified",
		"User name", "Nombre de usuario", "advfirewall firewall add rule", "Windows Registry Editor Version 5.00", "[Privilege Rights]", "cannot find the file specified", "cannot find the path specified",
		"unable to find the specified registry key or value", "creator owner", "creator group", "owner rights", "power users", "backup operators", "remote desktop users", "remote management users",
	},
	"kinds of differences, and names in the comparison itself": {
		"access control", "audit entry", "sid by name", "the group is ", "not comparable", "does not inherit", "none: everyone has full access", "inherited object ", "no rights",
	},
	"part of a phrase: stated() adds the value": {"renamed to ", "set to "},
	"part of a phrase: MsiInstaller":            {"installation completed", "removal completed", "installation failed", "removal failed"},
	"names of facts, which factNames has": {
		"local address", "local ports", "remote address", "remote ports", "edge traversal", "full name", "display name", "runs as", "runs as group", "run level",
	},
}

// composed are phrases that no one text of the source has.
var composed = []string{
	"allow in", "allow out", "block in", "block out", "SHA-256 %s", "stat %s: %w",
	"owner %a", "enabled  → true", "enabled  → false", "enabled false → true", "enabled true → false", "protection inherits → does not inherit", "protection does not inherit → inherits",
	"access control a list → none: everyone has full access", "access control none: everyone has full access → a list", "order  →", "%i – %i",
	"set to %s, profile %s", "set to %s", "profile %s", "log cleared: %s, by %s", "the sandbox ran %s, sha256:%i",
}

// Every sentence in the source of the readers is among the phrases, and every phrase but
// those of Go's own packages is in the source.
func TestEverySentenceIsAPhrase(t *testing.T) {
	not := map[string]bool{}
	for _, texts := range notSentences {
		for _, text := range texts {
			not[text] = true
		}
	}
	parts := map[string]bool{} // of the phrases, as the source has them
	ours := slices.Concat(ofNotes, ofFiles, ofFormats, ofEVTX, ofListings, ofComparisons)
	for _, p := range ours {
		text := p.Fill(func(string) string { return "7" })
		parts[text] = true
		for _, part := range strings.Split(text, "; ") {
			parts[part] = true
		}
	}
	used := map[string]bool{}
	excepted := map[string]bool{}
	for _, dir := range []string{".", "../evtx", "../listing"} {
		for _, s := range sentences(t, dir) {
			found := false
			if twoLetters.MatchString(verb.ReplaceAllString(s.text, "")) {
				is := s.pattern()
				for part := range parts {
					if is.MatchString(part) {
						found, used[part] = true, true
					}
				}
			}
			if excepted[s.text] = true; found || not[s.text] || strings.Contains(s.text, `\`) {
				continue
			}
			if fixed := verb.ReplaceAllString(s.text, "7"); !twoWords.MatchString(fixed) && !(s.told && twoLetters.MatchString(fixed)) {
				continue
			}
			t.Errorf("%s: %q is no phrase of words_ja.go", s.where, s.text)
		}
	}
	for text := range not {
		if !excepted[text] {
			t.Errorf("%q is excepted and is not in the source", text)
		}
	}
	for _, p := range ours {
		text := p.Fill(func(string) string { return "7" })
		if !used[text] && !slices.Contains(composed, p.En()) && !slices.ContainsFunc(strings.Split(text, "; "), func(part string) bool { return used[part] }) {
			t.Errorf("the phrase %q is not in the source", p.En())
		}
	}
	for _, f := range formats() {
		if _, ok := phrasesJa().Say(f.name); !ok {
			t.Errorf("the format %q is no phrase", f.name)
		}
	}
	for _, kind := range listing.Kinds() {
		if _, ok := phrasesJa().Say(string(kind)); !ok {
			t.Errorf("the kind %q is no phrase", kind)
		}
	}
}

var (
	quotation    = regexp.MustCompile(`「[^「」]*(「[^「」]*」[^「」]*)*」`)
	threeWords   = regexp.MustCompile(`[A-Za-z']{2,} [A-Za-z']{2,} [A-Za-z']{2,}`)
	productNames = strings.NewReplacer("Attack Surface Analyzer", "")
)

// inJapanese fails if a note or message of a run has a sentence in English outside of
// what it quotes.
func inJapanese(t testing.TB, o Options) *Result {
	t.Helper()
	o.Lang = "ja"
	r, err := Run(o)
	if err != nil {
		t.Fatal(err)
	}
	readsBack(t, r.Report)
	check := func(what, text string) {
		if english := threeWords.FindString(productNames.Replace(quotation.ReplaceAllString(text, ""))); english != "" {
			t.Errorf("%s has %q: %s", what, english, text)
		}
	}
	for _, s := range r.Sources {
		for _, note := range s.Notes {
			check(s.File, note)
		}
	}
	for _, e := range r.Report.Exhibits {
		check(e.File+" "+e.ID, e.Note)
		check("the title of "+e.ID, e.Title[strings.LastIndex(e.Title, "（"):])
	}
	for _, e := range r.Report.Examined {
		check("examined", e.Note)
	}
	for _, e := range r.Report.Events {
		check(e.ID, e.What)
	}
	for _, o := range r.Report.Observed {
		check(o.ID, o.Note)
		if o.Attribution != nil {
			check("the attribution of "+o.ID, o.Attribution.Note)
		}
	}
	return r
}

func TestNotesAreInJapanese(t *testing.T) {
	subject := Subject{Files: []string{"setup.exe"}, Processes: []string{"tasksche.exe", "powershell.exe", "net.exe", "reg.exe"}}
	fixtures := "../../../fixtures"
	inJapanese(t, Options{Paths: []string{fixtures + "/evidence-to-report/logs", fixtures + "/evidence-to-report/cut.xml"}, Subject: subject})
	inJapanese(t, Options{Before: fixtures + "/evidence-to-report/before", After: fixtures + "/evidence-to-report/after"})
	inJapanese(t, Options{Paths: []string{"../listing/testdata"}, Subject: subject})
	pairs, err := filepath.Glob("../listing/testdata/pairs/*")
	if err != nil || len(pairs) == 0 {
		t.Fatal("no pairs of listings", err)
	}
	for _, pair := range pairs {
		inJapanese(t, Options{Before: filepath.Join(pair, "before"), After: filepath.Join(pair, "after")})
	}
}

func TestNotesOfCorpusAreInJapanese(t *testing.T) {
	inJapanese(t, Options{Paths: []string{corpus(t)}, Subject: Subject{Processes: []string{"tasksche.exe", "powershell.exe", "net.exe", "reg.exe"}}})
}

// Text files that are cut at every place, and others that are damaged, give notes in
// Japanese too.
func TestNotesOfDamageAreInJapanese(t *testing.T) {
	var names []string
	for _, pattern := range []string{"../listing/testdata/*/*", "../listing/testdata/pairs/*/*/*", "../../../fixtures/evidence-to-report/*/*"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, found...)
	}
	dir := t.TempDir()
	var damaged []string
	for n, name := range names {
		text, err := os.ReadFile(name)
		if err != nil || len(text) == 0 {
			continue
		}
		for i, at := range []int{len(text) / 3, len(text) / 2, len(text) * 9 / 10, len(text) - 1} {
			for kind, b := range map[string][]byte{
				"cut": text[:at], "byte": append(append(slices.Clone(text[:at]), 0xff, '<', '"', '}'), text[at:]...), "line": append(append(slices.Clone(text[:at]), "\n(D;;;;\n"...), text[at:]...),
			} {
				to := filepath.Join(dir, fmt.Sprintf("%03d-%d-%s%s", n, i, kind, filepath.Ext(name)))
				if err := os.WriteFile(to, b, 0o644); err != nil {
					t.Fatal(err)
				}
				damaged = append(damaged, to)
			}
		}
	}
	for part := range slices.Chunk(damaged, 200) {
		inJapanese(t, Options{Paths: part, Subject: Subject{Files: []string{"setup.exe"}}})
	}
}
