package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/export"
	"jobun/checker/export/paper"
	"jobun/checker/pack"
	"jobun/checker/review"
)

// The folders of a pack.
const (
	packPapers   = "papers"
	packExhibits = "exhibits"
	packSource   = "source"
)

// pack writes a submission folder: papers, copies of the exhibits under their numbers,
// copies of the report and its journal, and a manifest of all. It is there whole or not
// at all.
func (s *session) pack(report string, r *review.Review, flags companionFlags, o export.CompanionOptions) error {
	if o.Numbering == "" {
		o.Numbering = export.Numberings()[0]
	}
	w, err := pack.New(flags.pack)
	if errors.Is(err, pack.ErrNotEmpty) {
		return fail(exitUsage, err)
	}
	if err != nil {
		return fail(exitInput, err)
	}
	defer w.Abandon()
	p := &packer{session: s, w: w, result: r.Result, options: o}
	p.manifest = pack.Manifest{Tool: o.Tool, Lang: o.Lang, Rulebook: r.Result.Rulebook.Digest, AsOf: r.Result.Rulebook.AsOf.String(), Texts: []pack.Text{}, Exhibits: []pack.Exhibit{}, Papers: []pack.Paper{}}
	if err := errors.Join(p.sources(report, r), p.exhibits(report), p.papers(flags.kind)); err != nil {
		return err
	}
	for _, text := range export.TextsUsed(r.Result, o.PaperOptions) {
		p.manifest.Texts = append(p.manifest.Texts, pack.Text{Unit: text[0], SHA256: text[1]})
	}
	if err := w.Finish(p.manifest, s.signer(flags.sign)); err != nil {
		return fail(exitInput, err)
	}
	fmt.Fprintf(s.err, "jobun: %s%s\n", s.words("書き出しました: ", "wrote "), inert(flags.pack))
	return nil
}

// packer gathers what goes into a pack.
type packer struct {
	*session
	w        *pack.Writer
	result   *checker.Result
	options  export.CompanionOptions
	manifest pack.Manifest
}

// sources copies the report and the journal, byte by byte.
func (p *packer) sources(report string, r *review.Review) error {
	file, err := readReport(report)
	if err != nil {
		return fail(exitInput, err)
	}
	if again, problems := audit.Read(file); len(problems) > 0 || again.Digest != p.result.Report.Digest {
		return fail(exitInput, fmt.Errorf("%s has changed meanwhile", report))
	}
	p.manifest.Report = path.Join(packSource, "report"+strings.ToLower(filepath.Ext(report)))
	if err := p.w.Add(p.manifest.Report, bytes.NewReader(file.Text)); err != nil {
		return fail(exitInput, err)
	}
	if ifRecorded(r) == nil {
		return nil
	}
	journal, err := os.Open(r.Journal().Name())
	if err != nil {
		return fail(exitInput, err)
	}
	defer journal.Close()
	fmt.Fprintln(p.err, "jobun:", p.words("検討の記録（メモ、見送り、取り消したものを含む）が、フォルダーと要約の付録に入ります。渡す前に確かめてください。", "the folder and the appendix of the summary hold the journal of decisions, with notes and what was taken back: look before you hand it over."))
	p.manifest.Journal = path.Join(packSource, "report.decisions.jsonl")
	if err := p.w.Add(p.manifest.Journal, journal); err != nil {
		return fail(exitInput, err)
	}
	return nil
}

// exhibits copies the exhibits that lie beside the report under their numbers. One that
// is not there is listed without a file, and said.
func (p *packer) exhibits(report string) error {
	root, err := os.OpenRoot(filepath.Dir(report))
	if err != nil {
		return fail(exitInput, err)
	}
	defer root.Close()
	numbers := export.ExhibitNumbers(p.result.Report)
	for _, e := range export.ExhibitsByNumber(p.result.Report) {
		x := pack.Exhibit{ID: e.ID, Number: numbers[e.ID].In(p.options.Numbering), Stated: strings.ToLower(e.SHA256), State: string(p.result.Exhibits[e.ID])}
		if e.File != "" && p.result.Exhibits[e.ID] != audit.FileMissing {
			x.File = path.Join(packExhibits, export.ExhibitFileName(p.options.Numbering, numbers[e.ID], e))
			if err := p.copyExhibit(root, e, x.File); errors.Is(err, os.ErrNotExist) {
				x.File = ""
			} else if err != nil {
				return fail(exitInput, fmt.Errorf("copy exhibit %s: %w", e.ID, err))
			}
		}
		if x.File == "" {
			fmt.Fprintln(p.err, p.words("jobun: 証拠 "+inert(e.ID)+" のファイルがないため、フォルダーに入れていません", "jobun: exhibit "+inert(e.ID)+" has no file here; it is not in the folder"))
		}
		p.manifest.Exhibits = append(p.manifest.Exhibits, x)
	}
	return nil
}

func (p *packer) copyExhibit(root *os.Root, e audit.Exhibit, to string) error {
	name := path.Clean(strings.ReplaceAll(e.File, `\`, "/"))
	if info, err := root.Stat(name); err != nil || !info.Mode().IsRegular() {
		return os.ErrNotExist // a pipe would wait for ever
	}
	f, err := root.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return p.w.Add(to, f)
}

// packed is the formats in which a kind of paper goes into a pack.
func packed(kind string) []string {
	switch kind {
	case export.KindSummary:
		return []string{".docx", ".html", ".md", ".txt"}
	case export.KindExhibits:
		return []string{".docx", ".html", ".xlsx", ".csv"}
	default:
		return []string{".docx", ".html"}
	}
}

// papers writes the summary, the list of exhibits, and the paper that is asked for.
func (p *packer) papers(kind string) error {
	kinds := []string{export.KindSummary, export.KindExhibits}
	if kind != export.KindSummary && kind != export.KindExhibits {
		kinds = append(kinds, kind)
	}
	for _, kind := range kinds {
		made, err := export.Make(p.result, kind, p.options)
		if errors.Is(err, export.ErrRefused) {
			return fail(exitUsage, err)
		}
		if err != nil {
			return fail(exitBug, err)
		}
		for _, ext := range packed(kind) {
			if err := p.paper(path.Join(packPapers, kind+ext), made); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *packer) paper(name string, made *paper.Paper) error {
	text, err := paperBytes(name, made)
	if err != nil {
		return fail(exitBug, err)
	}
	if err := p.w.Add(name, bytes.NewReader(text)); err != nil {
		return fail(exitInput, err)
	}
	p.manifest.Papers = append(p.manifest.Papers, pack.Paper{File: name, Kind: made.Kind, Lang: made.Lang, Made: made.Made})
	return nil
}

// signNamespace is what a signature of a manifest is for, so that it serves for nothing
// else.
const signNamespace = "jobun"

// signer signs a manifest with ssh-keygen: the key, or the agent that holds it, is never
// read by this program. Nil where there is no key.
func (s *session) signer(key string) func(dir string) error {
	if key == "" {
		return nil
	}
	return func(dir string) error {
		at, err := filepath.Abs(key)
		if err != nil {
			return err
		}
		cmd := exec.Command("ssh-keygen", "-Y", "sign", "-n", signNamespace, "-f", at, pack.SumsName)
		cmd.Dir, cmd.Stdin = dir, s.in
		var said bytes.Buffer
		cmd.Stdout, cmd.Stderr = io.Discard, &said
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("ssh-keygen: %w: %s", err, inert(said.String()))
		}
		_, err = os.Stat(filepath.Join(dir, pack.SignatureName))
		return err
	}
}
