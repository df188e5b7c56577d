package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"jobun/checker/export"
	"jobun/checker/export/paper"
	"jobun/checker/pack"
	"jobun/internal/cells"
)

// verifyFlags are the flags of verify.
type verifyFlags struct {
	report          string
	allowed, signer string
	redactWords     []string
}

func (s *session) verifyCommand() *cobra.Command {
	flags := verifyFlags{}
	cmd := &cobra.Command{
		Use:   "verify FILE|DIR",
		Short: "compare a paper or a submission folder with what it was made of, and list what does not agree",
		Example: "  jobun verify summary.docx --report report.toml\n" +
			"  jobun verify submission --allowed-signers signers.txt",
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return s.verify(args[0], flags) },
	}
	cmd.Flags().StringVar(&flags.report, "report", "", "the report that the paper was made of; else of a folder the copy in it")
	cmd.Flags().StringVar(&flags.allowed, "allowed-signers", "", "whose signatures count: a file as ssh-keygen reads it (ALLOWED SIGNERS)")
	cmd.Flags().StringVar(&flags.signer, "signer", "", "who must have signed, as the file of allowed signers names them; else anybody in it")
	cmd.Flags().StringArrayVar(&flags.redactWords, "redact-word", nil, "a word that was masked: it is not kept in the paper; may be repeated")
	return cmd
}

// verification gathers what does not agree and what could not be compared.
type verification struct {
	*session
	flags    verifyFlags
	found    []located
	lacking  []string                // what could not be compared, and why
	compared int                     // files that were compared with anything
	source   *origin                 // nil: there is no report to make papers again from
	again    map[string]*paper.Paper // papers that were made again, by what they are
	carried  map[string]*paper.Paper // papers that files carry
}

// located is a difference and the file that it is in.
type located struct {
	file string
	pack.Difference
}

// origin is what papers are made again from.
type origin struct {
	report, journal string
	exhibits        fs.FS // where the exhibits' files lie, by the report's names
}

func (s *session) verify(name string, flags verifyFlags) error {
	info, err := os.Stat(name)
	if err != nil {
		return fail(exitInput, err)
	}
	v := &verification{session: s, flags: flags, again: map[string]*paper.Paper{}, carried: map[string]*paper.Paper{}}
	if info.IsDir() {
		err = v.folder(name)
	} else {
		err = v.loneFile(name)
	}
	if err != nil {
		return err
	}
	return v.conclude()
}

// loneFile compares a paper with what it carries, and with the report if one is named.
func (v *verification) loneFile(name string) error {
	if paper.FormatOf(name) == "" {
		return fail(exitUsage, fmt.Errorf("%s: a paper is .docx, .html, .md or .txt; other files are compared in their folder", name))
	}
	if v.flags.report != "" {
		root, err := os.OpenRoot(filepath.Dir(v.flags.report))
		if err != nil {
			return fail(exitInput, err)
		}
		defer root.Close()
		v.source = &origin{report: v.flags.report, journal: v.journalName(v.flags.report), exhibits: root.FS()}
		if err := v.hashExhibits(nil); err != nil {
			return err
		}
	}
	file, err := readInput(name, maxPaper)
	if err != nil {
		return fail(exitInput, err)
	}
	return v.paper(filepath.Base(name), file.Text, nil)
}

func (v *verification) add(file string, list ...pack.Difference) {
	for _, d := range list {
		v.found = append(v.found, located{file, d})
	}
}

func (v *verification) lacks(ja, en string) {
	words := v.words(ja, en)
	for _, said := range v.lacking {
		if said == words {
			return
		}
	}
	v.lacking = append(v.lacking, words)
}

// paper compares one paper: what it shows with what it carries, and that with the same
// paper made again. In a pack its manifest says how it was made.
func (v *verification) paper(name string, data []byte, listed *pack.Paper) error {
	format := paper.FormatOf(name)
	if format == "" || format == paper.TextFormat {
		return v.bare(name, data, listed)
	}
	carried, err := paper.Carried(format, data)
	if errors.Is(err, paper.ErrNothingCarried) {
		if listed != nil {
			v.add(name, pack.Difference{Kind: pack.Form, Where: name, Want: v.words("元の書面の内容", "the paper that it was made of"), Have: v.words("入っていない", "nothing carried")})
			return nil
		}
		v.lacks(name+": 元の書面の内容を持っていないため、比べられない（ワープロで保存し直すと失われることがある）", name+": it does not carry the paper that it was made of, so that nothing can be compared (a word processor may have dropped it)")
		return nil
	}
	v.compared++
	if err != nil {
		v.add(name, pack.Difference{Kind: pack.Form, Where: name, Have: v.says(err.Error())})
		return nil
	}
	if listed != nil && (listed.Kind != carried.Kind || listed.Lang != carried.Lang || fmt.Sprint(listed.Made) != fmt.Sprint(carried.Made)) {
		v.add(name, pack.Difference{Kind: pack.Setting, Where: pack.ManifestName, Want: fmt.Sprint(listed.Made), Have: fmt.Sprint(carried.Made)})
	}
	options, err := export.OptionsOf(carried)
	if err != nil {
		v.add(name, pack.Difference{Kind: pack.Setting, Where: name, Have: v.says(err.Error())})
		return nil
	}
	v.carried[identity(carried)] = carried
	list, note, err := pack.OfFile(format, data, carried)
	if err != nil {
		v.add(name, pack.Difference{Kind: pack.Form, Where: name, Have: v.says(err.Error())})
		return nil
	}
	v.add(name, list...)
	if note != "" {
		v.lacks(name+": 保存し直されている。見える行だけを比べた（体裁・隠し文字は比べていない）", name+": it was saved again; only the lines that are seen were compared, not the layout")
	}
	again, err := v.remake(name, carried, options)
	if err != nil || again == nil {
		return err
	}
	v.add(name, v.ofPapers(name, again, carried)...)
	return nil
}

// identity is what a paper is and was made of: two with the same say the same.
func identity(p *paper.Paper) string { return p.Kind + " " + p.Lang + " " + fmt.Sprint(p.Made) }

// bare compares a file that carries no paper with the same paper as another file of the
// pack carries it, which is compared by itself; else with the one that is made again as
// the manifest says.
func (v *verification) bare(name string, data []byte, listed *pack.Paper) error {
	if listed == nil {
		v.lacks(name+": この形式は元の書面の内容を持たない。提出フォルダーの中でなら比べられる", name+": this format does not carry the paper that it was made of; in its folder it can be compared")
		return nil
	}
	carried := &paper.Paper{Kind: listed.Kind, Lang: listed.Lang, Made: listed.Made}
	options, err := export.OptionsOf(carried)
	if err != nil {
		v.add(name, pack.Difference{Kind: pack.Setting, Where: pack.ManifestName, Have: v.says(err.Error())})
		return nil
	}
	again := v.carried[identity(carried)]
	if again == nil {
		if again, err = v.remake(name, carried, options); err != nil || again == nil {
			return err
		}
	}
	v.compared++
	text, err := paperBytes(name, again)
	if err != nil {
		return fail(exitBug, err)
	}
	if bytes.Equal(text, data) {
		return nil
	}
	if filepath.Ext(name) == ".xlsx" {
		v.add(name, pack.Difference{Kind: pack.Wording, Where: name, Want: v.words("報告から作られるバイト列", "the bytes that the report gives"), Have: v.words("別のバイト列", "others")})
		return nil
	}
	v.add(name, pack.OfTexts(string(text), string(data), again)...)
	return nil
}

// ofPapers compares a paper with the one that was made again; without the texts of
// laws, where the store here lacks some of those that it quotes.
func (v *verification) ofPapers(name string, again, carried *paper.Paper) []pack.Difference {
	have, held := export.QuotesProvisions(carried), export.QuotesProvisions(again)
	switch {
	case have == 0 && held > 0:
		v.lacks(name+": 条文のないところで作られたため、条文は比べていない", name+": it was made where no text of a law was held; texts were not compared")
		again, carried = export.WithoutTexts(again), export.WithoutTexts(carried)
	case held < have:
		v.lacks(fmt.Sprintf("%s: 引用された条文 %d件のうち %d件が、ここの法令ストアにない。条文とその出典は比べていない（jobun law pull）", name, have, have-held),
			fmt.Sprintf("%s: of %d provisions that it quotes the law store here lacks %d; texts and their sources were not compared (jobun law pull)", name, have, have-held))
		again, carried = export.WithoutTexts(again), export.WithoutTexts(carried)
	}
	return pack.OfPapers(again, carried)
}

// conclude prints what does not agree, what could not be compared, and what came of it.
func (v *verification) conclude() error {
	for _, d := range v.found {
		if d.Kind == pack.Form { // these are words of the program, not of a paper
			d.Want, d.Have = v.says(d.Want), v.says(d.Have)
		}
		v.wrapped(0, v.words("不一致 ", "differs: ")+v.kindWord(d.Kind)+"　"+cells.Sanitise(d.file))
		for _, line := range [][2]string{{v.words("箇所: ", "at: "), d.Where}, {v.words("照合元: ", "wanted: "), d.Want}, {v.words("ここ: ", "here: "), d.Have}} {
			if line[1] != "" {
				v.wrapped(2, line[0]+cells.Sanitise(line[1]))
			}
		}
	}
	for _, words := range v.lacking {
		v.wrapped(0, v.words("比べていない　", "not compared: ")+cells.Sanitise(words))
	}
	switch {
	case len(v.found) > 0:
		v.wrapped(0, v.words(fmt.Sprintf("一致しないもの %d件。", len(v.found)), fmt.Sprintf("%d things do not agree.", len(v.found))))
		v.code = max(v.code, exitIntegrity)
	case v.compared == 0:
		v.wrapped(0, v.words("何も比べられなかった。", "Nothing could be compared."))
		v.code = max(v.code, exitInput)
	default:
		v.wrapped(0, v.words(fmt.Sprintf("比べたものは全て一致。比べていないもの %d件。", len(v.lacking)), fmt.Sprintf("All that was compared agrees. Not compared: %d.", len(v.lacking))))
	}
	return nil
}

// kindWord names a kind of difference.
func (v *verification) kindWord(k pack.Kind) string {
	if v.lang == "en" {
		return string(k)
	}
	if word, ok := map[pack.Kind]string{
		pack.Citation: "引用条項", pack.Date: "日付", pack.Hash: "ハッシュ", pack.Quotation: "引用文", pack.Total: "合計", pack.Wording: "文言", pack.Form: "形式",
		pack.Setting: "元データ・設定", pack.FileGone: "ファイルがない", pack.FileAdded: "目録にないファイル", pack.Exhibits: "証拠", pack.Signature: "署名",
	}[k]; ok {
		return word
	}
	return string(k)
}
