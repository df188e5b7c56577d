package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"jobun/checker"
	"jobun/checker/export"
	"jobun/checker/export/paper"
	"jobun/internal/day"
)

// companionFlags are the flags of export that choose another paper than the summary, or
// a folder of all.
type companionFlags struct {
	kind, numbers     string
	asVictim, asThird bool
	accused           string
	despite           bool
	pack, sign        string
}

func (f *exportFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.kind, "paper", export.KindSummary, "which paper: "+strings.Join(export.Kinds(), ", "))
	cmd.Flags().StringVar(&f.numbers, "numbers", "", "as --exhibits, in Latin letters: "+strings.Join(numberNames(), ", "))
	cmd.Flags().BoolVar(&f.asVictim, "as-victim", false, "a complaint by the victim (告訴)")
	cmd.Flags().BoolVar(&f.asThird, "as-third-party", false, "an accusation by a third party (告発)")
	cmd.Flags().StringVar(&f.accused, "accused", "", "the party that a complaint names, by its id in the report; nobody is named if not given")
	cmd.Flags().BoolVar(&f.despite, "despite-limitation", false, "draft a complaint though the time limit seems to have run, or cannot be counted")
	cmd.Flags().StringVar(&f.pack, "pack", "", "write a submission folder there: papers, copies of the exhibits, the report and the journal, and a manifest")
	cmd.Flags().StringVar(&f.sign, "sign", "", "sign the folder's manifest with this SSH key, by ssh-keygen")
}

// numberNames are the names of export.Numberings, in their order.
func numberNames() []string { return []string{"kou", "otsu", "hei", "shiryo", "betten"} }

// number sets how exhibits are numbered by --numbers.
func (f *exportFlags) number() error {
	if f.numbers == "" {
		return nil
	}
	i := slices.Index(numberNames(), f.numbers)
	if i < 0 {
		return fmt.Errorf("--numbers is one of %s, not %q", strings.Join(numberNames(), ", "), f.numbers)
	}
	if f.exhibits != "" && f.exhibits != export.Numberings()[i] {
		return errors.New("--numbers and --exhibits say different things")
	}
	f.exhibits = export.Numberings()[i]
	return nil
}

// refuse refuses flags that do not go together.
func (f *exportFlags) refuse(o export.PaperOptions) error {
	switch {
	case !slices.Contains(export.Kinds(), f.kind):
		return fmt.Errorf("--paper is one of %s, not %q", strings.Join(export.Kinds(), ", "), f.kind)
	case f.asVictim && f.asThird:
		return errors.New("a complaint is made as a victim or as a third party, not as both")
	case f.sign != "" && f.pack == "":
		return errors.New("--sign signs the manifest of a folder: it goes with --pack")
	case f.pack != "" && o.Redact:
		return errors.New("a folder holds the report and the exhibits as they are: --pack does not go with --redact")
	}
	for _, output := range f.outputs {
		if err := refuseKind(output, f.kind); err != nil {
			return err
		}
	}
	return nil
}

// refuseKind refuses a format that a kind of paper is not written in.
func refuseKind(output, kind string) error {
	isPaper := output == "-" || paper.FormatOf(output) != ""
	ext := strings.ToLower(filepath.Ext(output))
	switch {
	case isPaper:
		return nil
	case kind == export.KindExhibits && (ext == ".xlsx" || ext == ".csv"):
		return nil
	case ext == ".xlsx":
		return fmt.Errorf("%s: only the list of exhibits is written as a spreadsheet: --paper exhibits", output)
	case kind != export.KindSummary:
		return fmt.Errorf("%s: the paper %s is written as .docx, .html, .md or .txt", output, kind)
	default:
		return nil
	}
}

// options are the options of companions that the flags give.
func (f *exportFlags) options(o export.PaperOptions) export.CompanionOptions {
	made := export.CompanionOptions{PaperOptions: o, Accused: f.accused, DespiteLimitation: f.despite}
	switch {
	case f.asVictim:
		made.As = export.AsVictim
	case f.asThird:
		made.As = export.AsThirdParty
	}
	return made
}

// lookOn lets decisions be looked at as of the date of a paper, so that the same paper
// is made on any day; the zero date leaves the clock as it is.
func (s *session) lookOn(d day.Date) {
	if !d.IsZero() {
		noon := time.Date(d.Year, time.Month(d.Month), d.Day, 12, 0, 0, 0, time.FixedZone("JST", 9*60*60))
		s.now = func() time.Time { return noon }
	}
}

// writeKind writes what a file of a name holds, of a paper of a kind.
func writeKind(w io.Writer, output string, result *checker.Result, kind string, o export.CompanionOptions) error {
	if kind == export.KindSummary {
		return writeFormat(w, output, result, o.PaperOptions)
	}
	made, err := makePaper(result, kind, o)
	if err != nil {
		return err
	}
	if output == "-" {
		return made.Write(w, paper.MarkdownFormat)
	}
	return writePaper(w, output, made)
}

// makePaper makes a paper of a kind. One that is refused is a mistake of the command line.
func makePaper(result *checker.Result, kind string, o export.CompanionOptions) (*paper.Paper, error) {
	made, err := export.Make(result, kind, o)
	switch {
	case errors.Is(err, export.ErrRefused):
		return nil, fail(exitUsage, err)
	case err != nil:
		return nil, fail(exitBug, err)
	}
	return made, nil
}

// writePaper writes a paper in the format that a name tells.
func writePaper(w io.Writer, name string, made *paper.Paper) error {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".xlsx":
		return export.WriteExhibitsXLSX(w, made)
	case ".csv":
		return export.WriteExhibitsCSV(w, made)
	default:
		return made.Write(w, paper.FormatOf(name))
	}
}

// paperBytes is a paper in the format that a name tells.
func paperBytes(name string, made *paper.Paper) ([]byte, error) {
	var b bytes.Buffer
	err := writePaper(&b, name, made)
	return b.Bytes(), err
}
