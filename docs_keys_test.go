package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/export"
	"jobun/checker/law"
	"jobun/internal/source"
)

// The tables of keys and of the values that a key or a flag can have.

// tables are the structs whose keys are documented, by name.
func tables() []reflect.Type {
	return []reflect.Type{
		reflect.TypeFor[audit.Report](), reflect.TypeFor[audit.Subject](), reflect.TypeFor[audit.Binary](), reflect.TypeFor[audit.Party](),
		reflect.TypeFor[audit.Exhibit](), reflect.TypeFor[audit.Custody](), reflect.TypeFor[audit.Examination](), reflect.TypeFor[audit.Observation](),
		reflect.TypeFor[audit.Attribution](), reflect.TypeFor[audit.Record](), reflect.TypeFor[audit.Statement](), reflect.TypeFor[audit.ClauseRef](),
		reflect.TypeFor[audit.Event](), reflect.TypeFor[checker.Rule](), reflect.TypeFor[checker.RulePlace](), reflect.TypeFor[checker.Penalty](),
		reflect.TypeFor[checker.Limits](), reflect.TypeFor[checker.Limitation](), reflect.TypeFor[checker.Clause](), reflect.TypeFor[checker.Omitted](),
		reflect.TypeFor[checker.Authority](), reflect.TypeFor[checker.Case](), reflect.TypeFor[checker.Behaviour](), reflect.TypeFor[checker.BehaviourCase](),
	}
}

const keyHead = "| キー key | 必須 | 値 value | 意味 | what it is |\n|---|---|---|---|---|\n"

// keyTable lists the keys of a struct from its tags, and then what the values mean
// that a key chooses from.
func keyTable(t *testing.T, name string) string {
	t.Helper()
	for _, typ := range tables() {
		if typ.Name() != name {
			continue
		}
		var b, values strings.Builder
		b.WriteString(keyHead)
		for _, f := range source.Fields(typ) {
			if f.Ja == "" || f.Doc == "" {
				t.Errorf("%s.%s is not explained in both languages", name, f.Name)
			}
			needed := ""
			if f.Need {
				needed = "必須 yes"
			}
			tableRow(&b, "`"+f.Name+"`", needed, valueWord(f), f.Ja, f.Doc)
			if f.Type == reflect.TypeFor[audit.Basis]() {
				continue // docs/report.md explains the bases before all tables
			}
			for _, value := range f.Enum {
				word := enumWord(name+"."+f.Name, value)
				if word == "" {
					t.Errorf("%s.%s = %q is not explained in Japanese", name, f.Name, value)
				}
				tableRow(&values, "`"+f.Name+"`", "`"+value+"`", word)
			}
		}
		if values.Len() > 0 {
			b.WriteString("\n| キー key | 値 value | 意味 |\n|---|---|---|\n" + values.String())
		}
		return b.String()
	}
	t.Fatalf("no struct %q", name)
	return ""
}

func valueWord(f source.Field) string {
	if len(f.Enum) > 0 {
		return "`" + strings.Join(f.Enum, "` `") + "`"
	}
	typ := f.Type
	for typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	switch {
	case typ == reflect.TypeFor[audit.Text]():
		return "`{ ja, en }`"
	case f.Kind == source.List && typ.Elem().Kind() == reflect.String:
		return "文字列の並び list of strings"
	case f.Kind == source.List:
		return "表の並び list of tables"
	case f.Kind == source.Boolean:
		return "`true` `false`"
	case f.Kind == source.Table:
		return "表 table"
	case f.Kind == source.String:
		return "文字列 string"
	case f.Kind == source.Integer:
		return "整数 integer"
	case f.Kind == "time":
		return "日時 time"
	case f.Kind == "date":
		return "日付 date"
	default:
		return f.Kind
	}
}

// enumWord says what a value of a key means: in the program's words where it has
// them, so that a page and a screen say the same.
func enumWord(key, value string) string {
	word := ""
	switch key {
	case "Exhibit.role":
		word = export.RoleWord(value).Ja
	case "Exhibit.form":
		word = export.FormWord(value).Ja
	case "Statement.stance":
		word = export.StanceWord(value).Ja
	case "Rule.regime":
		word = export.RegimeWord(value).Ja
	case "Rule.at_kind":
		word = export.AnchorWord(value).Ja
	case "Clause.kind":
		word = export.ExceptionWord(value).Ja
	case "Clause.nature":
		word = export.NatureWord(value).Ja
	case "Authority.side":
		word = export.SideWord(value).Ja
	case "Authority.checked":
		word = export.CheckedWord(value).Ja
	case "file.version.grade":
		for _, g := range []law.Grade{law.Verified, law.Reconstructed, law.Unlisted, law.Unverified} {
			if g.String() == value {
				word = export.GradeWord(g).Ja
			}
		}
	}
	more := enumWords()[key+" "+value]
	if word != "" && more != "" {
		return word + "。" + more
	}
	return word + more
}

// enumWords are what the program has no words for, or has to say more of.
func enumWords() map[string]string {
	return map[string]string{
		"Party.role complainant":  "申立人",
		"Party.role user":         "利用者（申立人でない者）",
		"Party.role publisher":    "提供者。対象ソフトウェアを提供した者",
		"Party.role intermediary": "仲介者。利用者と提供者の間に立つ者・団体",
		"Party.role officer":      "団体の役員・担当者",
		"Party.role examiner":     "調査機関（指定調査機関など）",
		"Party.role authority":    "行政庁・捜査機関",
		"Party.role plaintiff":    "原告",
		"Party.role auditor":      "監査人",
		"Party.role engineer":     "技術者。記録を集めた者",
		"Party.role other":        "その他",
		"Party.kind person":       "自然人",
		"Party.kind organisation": "団体・法人",
		"Party.kind authority":    "官公署",
		"Party.kind unknown":      "不明",

		"Exhibit.role scene":        "対象の機器に残っていた記録",
		"Exhibit.role reproduction": "別の環境で動かした記録。`build` が対象のファイルと同じときだけ、行為の日の事実の根拠になる",
		"Exhibit.role listing":      "設定や一覧を書き出したもの",
		"Exhibit.role document":     "書面・画面",

		"Attribution.to subject":         "対象ソフトウェア",
		"Attribution.to other":           "ほかの者・ほかのプログラム",
		"Attribution.basis process-tree": "プロセスの親子関係",
		"Attribution.basis image":        "実行ファイルの名前・場所",
		"Attribution.basis hash":         "実行ファイルのハッシュ",
		"Attribution.basis signer":       "実行ファイルの署名者",
		"Attribution.basis stated":       "誰かがそう述べている",

		"Statement.stance supports": "要件に当たる、と言う",
		"Statement.stance opposes":  "要件に当たらない、と言う。真である要件は「争いあり」になる",
		"Statement.stance admits":   "要件に当たることを認める。同じ当事者の反対は消える",

		"Rule.regime criminal":       "立証は検察官。条文の除外が未確認の間は、指摘は弱いまま",
		"Rule.regime civil":          "立証は請求する者",
		"Rule.regime administrative": "行政庁の処分・監督",
		"Rule.regime professional":   "資格者とその団体の法。「疑い」とは言わず「検討」と言う",
		"Rule.regime contractual":    "約款・会則など。「疑い」とは言わず「検討」と言う",
		"Rule.at_kind act":           "行為のあった日",
		"Rule.at_kind declaration":   "意思表示のあった日",
		"Rule.at_kind disposition":   "処分のあった日",
		"Rule.at_kind continuing":    "続いた行為。かかる条項を全て挙げる",
		"Rule.status draft":          "草案",
		"Rule.status signed":         "弁護士が署名した（`signed_by`）",
		"Rule.accused person":        "自然人だけ",

		"Rule.accused person-or-company": "自然人、又は法人（両罰規定がある）",

		"Clause.kind exclusion":      "条文自身の文言（括弧書きなど）",
		"Clause.kind defence":        "当事者が主張したときだけ効く",
		"Clause.nature objective":    "記録で答えられる",
		"Clause.nature subjective":   "故意・認識など。人が答える",
		"Clause.nature evaluative":   "正当な理由など、評価を要する。人が答える",
		"Clause.nature procedural":   "手続。人が答える",
		"Authority.side for":         "要件に当たる方向",
		"Authority.side against":     "要件に当たらない方向",
		"BehaviourCase.want true":    "真",
		"BehaviourCase.want false":   "偽",
		"BehaviourCase.want unknown": "不明",

		"file.kind statute":    "法律",
		"file.kind order":      "政令",
		"file.kind ordinance":  "省令・規則",
		"file.kind instrument": "約款・規程・会則。法令番号も e-Gov の ID もない",

		"file.version.grade unverified": "一般の知識によるだけ",
	}
}

// lawKeyTable lists the keys of a law file, or of one of its lists, from the source
// of package law, which keeps these types to itself.
func lawKeyTable(t *testing.T, list string) string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), "checker/law/file.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	structs := map[string]*ast.StructType{}
	ast.Inspect(parsed, func(n ast.Node) bool {
		if spec, ok := n.(*ast.TypeSpec); ok {
			structs[spec.Name.Name], _ = spec.Type.(*ast.StructType)
		}
		return true
	})
	of, prefix := structs["file"], "file."
	if list != "" {
		of, prefix = structs[elementOf(of, list)], "file."+list+"."
	}
	if of == nil {
		t.Fatalf("no list %q in a law file", list)
	}
	var b, values strings.Builder
	b.WriteString(keyHead)
	for _, f := range of.Fields.List {
		tag := tagOf(f)
		key := tag.Get("toml")
		words, ok := lawKeys()[prefix+key]
		if !ok {
			t.Errorf("the key %s%s of a law file is not explained in Japanese", prefix, key)
		}
		kind := goWord(f.Type)
		if enum := tag.Get("enum"); enum != "" {
			kind = "`" + strings.ReplaceAll(enum, ",", "` `") + "`"
			for value := range strings.SplitSeq(enum, ",") {
				word := enumWord(prefix+key, value)
				if word == "" {
					t.Errorf("%s = %q of a law file is not explained in Japanese", key, value)
				}
				tableRow(&values, "`"+key+"`", "`"+value+"`", word)
			}
		}
		tableRow(&b, "`"+key+"`", words.needed, kind, words.ja, tag.Get("doc"))
	}
	if values.Len() > 0 {
		b.WriteString("\n| キー key | 値 value | 意味 |\n|---|---|---|\n" + values.String())
	}
	return b.String()
}

func tagOf(f *ast.Field) reflect.StructTag {
	text, _ := strconv.Unquote(f.Tag.Value)
	return reflect.StructTag(text)
}

// elementOf names the struct that a list of a law file holds.
func elementOf(of *ast.StructType, list string) string {
	for _, f := range of.Fields.List {
		if array, ok := f.Type.(*ast.ArrayType); ok && tagOf(f).Get("toml") == list {
			if name, ok := array.Elt.(*ast.Ident); ok {
				return name.Name
			}
		}
	}
	return ""
}

func goWord(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return goWord(e.X)
	case *ast.ArrayType:
		if name, ok := e.Elt.(*ast.Ident); ok && name.Name == "string" {
			return "文字列の並び list of strings"
		}
		return "表の並び list of tables"
	case *ast.Ident:
		return map[string]string{"string": "文字列 string", "Text": "`{ ja, en }`", "fileDay": "日付 date"}[e.Name]
	default:
		return ""
	}
}

// lawKey is what is said of a key of a law file: when it is needed, and what it is.
type lawKey struct{ needed, ja string }

func lawKeys() map[string]lawKey {
	const always, ofLaws = "必須 yes", "法令では必須 of laws"
	return map[string]lawKey{
		"file.kind":          {always, "法令の種類"},
		"file.egov":          {ofLaws, "e-Gov 法令検索の ID（15桁の数字と大文字）"},
		"file.title":         {always, "題名の全部"},
		"file.short":         {always, "短い引用に使う題名"},
		"file.number":        {ofLaws, "法令番号。平成11年法律第128号"},
		"file.aliases":       {"", "ほかの呼び名。引用を読むときに使う"},
		"file.translation":   {always, "英語の題名・用語が何によるか。英語の書面に印字する"},
		"file.version":       {always, "版。ある日からある日までの本則。古い順に、間を空けずに並べる"},
		"file.renumbered":    {"", "ある日から番号の変わった条項"},
		"file.one_paragraph": {"", "一項だけの条。項の番号を付けずに引く"},
		"file.structure":     {"", "今の e-Gov で条がどの編・章にあるか。所在 (URL) に使う"},

		"file.version.from":  {"法令では必須 of laws", "施行の日。約款などの最初の版は、なくてもよい"},
		"file.version.until": {"最後のほか but of the last", "効力を失った最初の日（次の版の from と同じ日）。最後の版には、廃止されたときだけ"},
		"file.version.by":    {"二番目から from the second", "改正した法令の番号"},
		"file.version.title": {"", "改正した法令の題名"},
		"file.version.note":  {"", "引用を読む者が知るべきこと"},
		"file.version.basis": {always, "日付がどう分かったか"},
		"file.version.grade": {always, "版がどこまで確かか"},

		"file.renumbered.on":   {always, "新しい番号の最初の日。どれかの版の from と同じ日"},
		"file.renumbered.was":  {"どちらか either", "前の番号。新設なら書かない"},
		"file.renumbered.now":  {"どちらか either", "その日からの番号。削除なら書かない"},
		"file.renumbered.note": {"", "併せて変わったこと"},

		"file.one_paragraph.from":     {"", "この日から"},
		"file.one_paragraph.until":    {"", "この日の前日まで"},
		"file.one_paragraph.articles": {always, "条の番号"},
		"file.structure.in":           {"", "編・章・節。`Pa_2-Ch_19_2` は第2編第19章の2。本則の直下なら書かない"},
		"file.structure.articles":     {always, "条の番号"},
	}
}

// levelTable explains the values of --fail-on and --show, in a language.
func levelTable(t *testing.T, of string) string {
	t.Helper()
	flagName, lang, _ := strings.Cut(of, " ")
	values := map[string][]export.Choice{"fail-on": failChoices(), "show": export.ShowChoices()}[flagName]
	if values == nil {
		t.Fatalf("no flag %q", flagName)
	}
	var b strings.Builder
	head := map[string]string{"fail-on ja": "終了コードが1になるとき", "fail-on en": "exit code 1 if there is", "show ja": "書き出す指摘", "show en": "findings that are written out"}[of]
	b.WriteString("| `--" + flagName + "` | " + head + " |\n|---|---|\n")
	for _, value := range values {
		tableRow(&b, "`"+value.Name+"`", value.Says.In(lang))
	}
	return b.String()
}
