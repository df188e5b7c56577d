package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"jobun/checker/coverage"
	"jobun/checker/export"
	"jobun/checker/law"
	"jobun/checker/law/lawxml"
	"jobun/checker/law/store"
	"jobun/internal/cells"
)

// importFlags say of files what they do not say themselves.
type importFlags struct {
	law, from, until, fetched, source, grade string
	asserts                                  bool
}

func (s *session) lawImportCommand() *cobra.Command {
	var flags importFlags
	cmd := &cobra.Command{
		Use:   "import FILE...",
		Short: "put texts of laws into the store: 法令標準XML, API answers in JSON, e-Gov's zip, folders",
		Long: "Import reads 法令標準XML, answers of the 法令API in JSON, e-Gov's bulk zip, and folders of\n" +
			"these. A folder with an INDEX.tsv is read as that says. A file that says neither its law\n" +
			"nor its days needs the flags.",
		Example: "  jobun law import all_xml.zip --grade official --fetched 2026-06-24\n  jobun law import old.xml --law 411AC0000000128 --from 2000-02-13 --until 2012-05-01",
		Args:    cobra.MinimumNArgs(1),
		RunE:    func(_ *cobra.Command, args []string) error { return s.lawImport(args, flags) },
	}
	f := cmd.Flags()
	f.StringVar(&flags.law, "law", "", "the law, by its id at e-Gov or a name, for a file that does not say")
	f.StringVar(&flags.from, "from", "", "the first day in force, for a file that does not say")
	f.StringVar(&flags.until, "until", "", "the first day no longer in force")
	f.BoolVar(&flags.asserts, "until-next", false, "you vouch that each text is in force until the next that is held")
	f.StringVar(&flags.fetched, "fetched", "", "the day on which the files were current")
	f.StringVar(&flags.source, "source", "", "where the files are from; left out: their names")
	f.StringVar(&flags.grade, "grade", string(store.User), "how good the texts are: official, converted, reconstruction or user")
	return cmd
}

// importOptions are what the flags say of the files.
func (s *session) importOptions(f importFlags, l *laws) (store.Options, error) {
	o := store.Options{Source: f.source, Asserts: f.asserts, LawOf: l.idOf, Mistaken: l.mistaken}
	switch g := store.Grade(f.grade); g {
	case store.Official, store.Converted, store.Reconstruction, store.User:
		o.Grade = g
	default:
		return o, fail(exitUsage, fmt.Errorf("--grade is official, converted, reconstruction or user, not %q", f.grade))
	}
	var errs [3]error
	o.From, errs[0] = s.dayFlag("--from", f.from, o.From)
	o.Until, errs[1] = s.dayFlag("--until", f.until, o.Until)
	o.Fetched, errs[2] = s.dayFlag("--fetched", f.fetched, o.Fetched)
	return o, errors.Join(errs[:]...)
}

func (s *session) lawImport(files []string, flags importFlags) error {
	l, err := s.openLaws()
	if err != nil {
		return err
	}
	options, err := s.importOptions(flags, l)
	if err != nil {
		return fail(exitUsage, err)
	}
	if flags.law != "" {
		if options.LawID, err = l.idToKeep(flags.law); err != nil {
			return fail(exitUsage, s.citationError([]string{flags.law}, err))
		}
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	report, err := l.store.Import(ctx, files, options)
	s.printImport(report)
	if err != nil {
		return interrupted(err, storeFailure(err))
	}
	if len(report.Imported)+report.Tables == 0 {
		return fail(exitInput, errors.New("nothing was imported"))
	}
	return nil
}

// idToKeep is the id under which a user wants a text kept: that of a law that is known, or
// one of the user's own, as of a by-law that e-Gov does not have.
func (l *laws) idToKeep(name string) (string, error) {
	id, err := l.id(name)
	var unknown *unknownLawError
	if errors.As(err, &unknown) && unknown.near == "" && regexp.MustCompile(`^[0-9A-Za-z-]+$`).MatchString(name) {
		return name, nil
	}
	return id, err
}

// mistaken says why a file is no text of a law: its number, or, of a file without one,
// its title, is another law's. It names both laws.
func (l *laws) mistaken(lawID string, d *lawxml.Document) error {
	numbers := d.Numbers()
	says := d.Title
	if i := slices.IndexFunc(numbers, func(number string) bool { return !l.reader.MayBeNumber(lawID, number) }); i >= 0 {
		says = strings.TrimSpace(d.Title + " " + numbers[i])
	} else if other := l.idOf(d.Title); len(numbers) > 0 || other == "" || other == lawID {
		return nil
	}
	wanted := law.Text{Ja: lawID, En: lawID}
	if of, ok := l.reader.Law(lawID); ok {
		wanted.Ja, wanted.En = lawID+" "+of.Name(law.Style{Lang: law.JA}), lawID+" "+of.Name(law.Style{Lang: law.EN})
	}
	return &store.Reason{Text: law.Text{
		Ja: "ファイルは「" + says + "」の条文であり、" + wanted.Ja + "の条文ではない",
		En: fmt.Sprintf("the file is a text of %q, not of %s", says, wanted.En),
	}}
}

// interrupted is the failure that an error stands for, if the user did not stop
// the command.
func interrupted(err, otherwise error) error {
	if errors.Is(err, context.Canceled) {
		return fail(exitInterrupted, errors.New("interrupted; what is done is kept"))
	}
	return otherwise
}

// printImport tells what an import did, and names what it refused.
func (s *session) printImport(report store.Report) {
	style := export.Style{Lang: s.lang}
	did := map[store.Did]int{}
	seen := map[string]bool{}
	for _, i := range report.Imported {
		did[i.Did]++
		seen[i.LawID] = true
	}
	s.wrapped(0, style.Say(
		fmt.Sprintf("%d法令: 追加%d、置換え%d、変更なし%d、より良い版があり不採用%d、版の一覧%d", len(seen), did[store.Added], did[store.Replaced], did[store.Same], did[store.Kept], report.Tables),
		fmt.Sprintf("%d laws: %d added, %d replaced, %d the same, %d not taken since a better one is held, %d tables of revisions", len(seen), did[store.Added], did[store.Replaced], did[store.Same], did[store.Kept], report.Tables)))
	for _, r := range report.Refused {
		why := s.says(r.Why.Error())
		var both *store.Reason
		if errors.As(r.Why, &both) {
			why = s.words(both.Ja, both.En)
		}
		fmt.Fprintf(s.err, "jobun: %s: %s\n", cells.Sanitise(r.File), cells.Sanitise(why))
		s.code = max(s.code, exitInput)
	}
}

func (s *session) lawVerifyCommand() *cobra.Command {
	collect := false
	cmd := &cobra.Command{
		Use:     "verify [REPORT]",
		Short:   "hash every text of the store again; with a report, list the texts its findings rest on",
		Example: "  jobun law verify\n  jobun law verify fixtures/certificate-tool-2012/report.toml",
		Args:    cobra.MaximumNArgs(1),
		RunE:    func(_ *cobra.Command, args []string) error { return s.lawVerify(args, collect) },
	}
	cmd.Flags().BoolVar(&collect, "collect", false, "remove the harmless files that verify lists: those that no law names, and those made again")
	return cmd
}

func (s *session) lawVerify(args []string, collect bool) error {
	kept, err := s.lawStore()
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	v, err := kept.Verify(ctx)
	if err != nil {
		return interrupted(err, storeFailure(err))
	}
	style := export.Style{Lang: s.lang}
	s.wrapped(0, counted(v, style))
	for _, list := range []struct {
		ja, en string
		names  []string
	}{
		{"内容がハッシュと一致しない", "its content has another hash", v.Corrupt},
		{"条文のファイルがない", "the text is missing", v.Missing},
		{"法令のファイルを読めない", "the law file cannot be read", v.BadLaws},
		{"作り直される（害はない）", "will be made again (harmless)", v.Stale},
		{"どの法令も指していない（害はない）", "no law names it (harmless)", v.Orphans},
	} {
		for _, name := range list.names {
			s.wrapped(2, style.Say(list.ja, list.en)+": "+name)
		}
	}
	if !v.Sound() {
		return fail(exitIntegrity, fmt.Errorf("%w; import or pull the texts again", store.ErrCorrupt))
	}
	s.wrapped(0, style.Say("全ての条文がハッシュと一致した。", "Every text has the hash that is its name."))
	if collect {
		n, err := kept.Collect(ctx, s.now())
		if err != nil {
			return interrupted(err, storeFailure(err))
		}
		s.wrapped(0, style.Say(fmt.Sprintf("要らないファイルを%d個消した。", n), fmt.Sprintf("Files removed that nothing needs: %d.", n)))
	}
	if len(args) == 0 {
		return nil
	}
	return s.restsOn(args[0], style)
}

// counted says how much the store holds. There are fewer files than versions where an
// amendment changed nothing in the text.
func counted(v store.Verification, style export.Style) string {
	said := style.Say(fmt.Sprintf("%d法令、%d版、%dバイト", v.Laws, v.Revisions, v.Bytes), fmt.Sprintf("%d laws, %d versions, %d bytes", v.Laws, v.Revisions, v.Bytes))
	if same := v.Revisions - v.Texts - len(v.Missing); same > 0 {
		said += style.Say(fmt.Sprintf("（条文のファイルは%d。残る%d版は、ほかの版とファイルが一字も違わない）", v.Texts, same),
			fmt.Sprintf(" (in %d files: %d versions are the same as another, letter by letter)", v.Texts, same))
	}
	return said
}

// restsOn lists for each finding of a report the texts of its places, those that
// papers quote.
func (s *session) restsOn(report string, style export.Style) error {
	l, err := s.openLaws()
	if err != nil {
		return err
	}
	result, err := s.load(l.book, report)
	if err != nil {
		return err
	}
	read := &texts{laws: l, cover: coverage.New(l.store), known: map[textKey][]export.Provision{}}
	for _, f := range result.Findings {
		s.wrapped(0, f.ID+"  "+style.ShortHeading(f))
		if f.Law.EGov == "" {
			continue
		}
		for _, at := range f.Anchor.Places {
			list, err := read.of(f, at)
			if err != nil {
				return err
			}
			for i := range list {
				p := &list[i]
				says := style.In(p.Why)
				if len(p.Phrases) > 0 {
					says = fmt.Sprintf("%s  %s  SHA-256 %s", p.Is.Revision, style.In(export.TextGradeWord(p.Is.Grade)), p.Is.SHA256)
				}
				s.wrapped(2, style.UnitWord(f, p)+"  "+says)
				for _, note := range p.Notes {
					s.note(4, style.In(note))
				}
			}
		}
	}
	return nil
}
