package store

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"jobun/checker/law"
	"jobun/checker/law/lawxml"
	"jobun/internal/day"
)

// Options say of a file what it does not say itself.
type Options struct {
	Source  string   // where the files are from; empty: their names
	Grade   Grade    // empty: the user's own, except where an INDEX.tsv says
	Fetched day.Date // the day on which they were current
	LawID   string   // for a file that says neither its law id nor its revision
	From    day.Date // the first day in force, for a file that does not say
	Until   day.Date // the first day no longer in force, if it is known
	Asserts bool     // the text is known to be in force until the next that is held
	Limits  Limits   // zero: DefaultLimits

	// The names of laws are known to others: the id of the law with a number, empty if
	// nobody knows it, and why a text is not of a law, nil if it may be. Either may be nil.
	LawOf    func(number string) string
	Mistaken func(lawID string, d *lawxml.Document) error
}

// Reason is why a file is not taken, in both languages.
type Reason struct{ law.Text }

// Error says it in English.
func (r *Reason) Error() string { return r.En }

func reason(ja, en string) error { return &Reason{law.Text{Ja: ja, En: en}} }

// Report is what an import did.
type Report struct {
	Imported []Imported
	Refused  []Refused
	Tables   int // tables of revisions
}

// Imported is a text that was read.
type Imported struct {
	File, LawID, Revision string
	Did                   Did
}

// Did is what was done with a text.
type Did string

// What may be done with a text.
const (
	Added    Did = "added"
	Replaced Did = "replaced" // it took the place of a text of the same revision
	Same     Did = "same"     // the store had it
	Kept     Did = "kept"     // the store has a better one of the same revision
)

// Refused is a file that was not taken, and why.
type Refused struct {
	File string
	Why  error
}

// importer gathers what an import changes. Law files are written at its end.
type importer struct {
	store   *Store
	ctx     context.Context
	options Options
	report  Report
	laws    map[string]*lawFile
	entries int
}

// Import reads files into the store: 法令標準XML, API answers to law_data and
// law_revisions in JSON, e-Gov's bulk zip, and folders of such files. A folder
// with an INDEX.tsv is read as that says. A file that cannot be taken is in the
// report and stops nothing; the error is of the store, or of the context.
func (s *Store) Import(ctx context.Context, paths []string, options Options) (Report, error) {
	if options.Limits == (Limits{}) {
		options.Limits = DefaultLimits()
	}
	unlock, err := s.lock(ctx)
	if err != nil {
		return Report{}, err
	}
	defer unlock()
	in := &importer{store: s, ctx: ctx, options: options, laws: map[string]*lawFile{}}
	for _, path := range paths {
		if err := in.path(path); err != nil {
			return in.report, errors.Join(err, in.finish())
		}
	}
	return in.report, in.finish()
}

// ImportData reads one file that is already in memory, as Import reads one of a
// name. A name that is e-Gov's id of a text says what the file does not.
func (s *Store) ImportData(ctx context.Context, name string, data []byte, options Options) (Report, error) {
	if options.Limits == (Limits{}) {
		options.Limits = DefaultLimits()
	}
	unlock, err := s.lock(ctx)
	if err != nil {
		return Report{}, err
	}
	defer unlock()
	in := &importer{store: s, ctx: ctx, options: options, laws: map[string]*lawFile{}}
	if err := in.data(name, data); err != nil {
		return in.report, err
	}
	return in.report, in.finish()
}

// finish writes the law files and after them the names.
func (in *importer) finish() error {
	ids := make([]string, 0, len(in.laws))
	for id := range in.laws {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		if err := in.store.writeLaw(in.laws[id]); err != nil {
			return err
		}
	}
	return in.store.writeNames()
}

func (in *importer) refuse(file string, why error) {
	in.report.Refused = append(in.report.Refused, Refused{file, why})
}

// path imports a file or folder. Its error ends the import.
func (in *importer) path(path string) error {
	if err := in.ctx.Err(); err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		in.refuse(path, err)
		return nil
	}
	if !info.IsDir() {
		return in.file(path)
	}
	if dir, lawID := indexOf(path); dir != "" {
		return in.indexed(dir, lawID)
	}
	return filepath.WalkDir(path, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			in.refuse(name, err)
			return nil
		}
		if !e.Type().IsRegular() || !known(name) {
			return in.ctx.Err()
		}
		return in.file(name)
	})
}

func known(name string) bool {
	return slices.Contains([]string{".xml", ".json", ".zip"}, strings.ToLower(filepath.Ext(name)))
}

// file imports one file.
func (in *importer) file(name string) error {
	if err := in.count(); err != nil {
		return err
	}
	if strings.EqualFold(filepath.Ext(name), ".zip") {
		return in.zip(name)
	}
	f, err := os.Open(name)
	if err != nil {
		in.refuse(name, err)
		return nil
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, in.options.Limits.Law.Bytes+1))
	if err != nil {
		in.refuse(name, err)
		return nil
	}
	return in.data(name, data)
}

func (in *importer) count() error {
	if in.entries++; in.entries > in.options.Limits.Entries {
		return fmt.Errorf("import: there are more than %d files", in.options.Limits.Entries)
	}
	return in.ctx.Err()
}

// zip imports an archive. Its names are only read for ids, never written to.
func (in *importer) zip(name string) error {
	archive, err := zip.OpenReader(name)
	if err != nil {
		in.refuse(name, err)
		return nil
	}
	defer archive.Close()
	left := in.options.Limits.Total
	for _, f := range archive.File {
		entry := name + "!" + f.Name
		if f.FileInfo().IsDir() || !slices.Contains([]string{".xml", ".json"}, strings.ToLower(filepath.Ext(f.Name))) {
			continue
		}
		if err := in.count(); err != nil {
			return err
		}
		if !fs.ValidPath(f.Name) {
			in.refuse(entry, errors.New("its name leads out of the archive"))
			continue
		}
		most := min(in.options.Limits.Law.Bytes, left)
		if ratio := in.options.Limits.Ratio; ratio > 0 {
			most = min(most, max(1<<20, ratio*int64(min(f.CompressedSize64, 1<<40))))
		}
		data, err := unpacked(f, most)
		left -= int64(len(data))
		if err != nil {
			in.refuse(entry, err)
			if left <= 0 {
				in.refuse(name, fmt.Errorf("the archive unpacks to more than %d bytes; the rest is not read", in.options.Limits.Total))
				return nil
			}
			continue
		}
		if err := in.data(entry, data); err != nil {
			return err
		}
	}
	return nil
}

// unpacked reads a file of an archive, whatever size it says it has.
func unpacked(f *zip.File, most int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	if err == nil && int64(len(data)) > most {
		err = fmt.Errorf("%w: it unpacks to more than %d bytes", lawxml.ErrTooLong, most)
	}
	return data, err
}

// data imports the text of one file.
func (in *importer) data(name string, data []byte) error {
	if text := bytes.TrimSpace(data); len(text) > 0 && text[0] == '{' {
		if table, err := lawxml.ReadTable(data); err == nil && len(table.Revisions) > 0 {
			return in.table(name, table)
		}
	}
	d, err := lawxml.ReadAny(data, in.options.Limits.Law)
	if err != nil {
		in.refuse(name, err)
		return nil
	}
	r, err := in.revision(name, d)
	if err != nil {
		in.refuse(name, err)
		return nil
	}
	return in.keep(name, d, r, data)
}

// revision gathers what a file, its name and the options say of a text.
func (in *importer) revision(name string, d *lawxml.Document) (Revision, error) {
	o := in.options
	r := Revision{
		LawID: d.LawID, ID: d.RevisionID, From: d.InForce, Until: o.Until, Ends: Unknown, AmendedBy: d.AmendedBy, AmendTitle: d.AmendTitle,
		Source: o.Source, Grade: o.Grade, Fetched: o.Fetched,
	}
	stem := strings.TrimSuffix(filepath.Base(filepath.ToSlash(name[strings.LastIndexByte(name, '!')+1:])), filepath.Ext(name))
	if parts := revisionID.FindStringSubmatch(stem); parts != nil && (r.ID == "" || r.ID == stem) {
		r.ID = stem
		if r.LawID == "" {
			r.LawID = parts[1]
		}
		if from, err := day.ParseDate(parts[2][:4] + "-" + parts[2][4:6] + "-" + parts[2][6:]); err == nil && r.From.IsZero() {
			r.From = from
		}
		if r.AmendedBy == "" {
			r.AmendedBy = parts[3]
		}
	}
	switch {
	case r.LawID == "":
		r.LawID = in.lawOf(d)
	case o.LawID != "" && o.LawID != r.LawID:
		return r, reason("ファイル又はその名が示す法令は"+r.LawID+"であり、"+o.LawID+"ではない", "the file or its name says that it is of law "+r.LawID+", not of "+o.LawID)
	}
	if r.From.IsZero() {
		r.From = o.From
	}
	if strings.Trim(r.AmendedBy, "0") == "" {
		r.AmendedBy = "" // the law as it was enacted
	}
	switch {
	case o.Asserts:
		r.Ends = Asserted
	case d.Status == "CurrentEnforced" && !o.Fetched.IsZero():
		r.Ends = Current
	}
	if r.Source == "" {
		r.Source = filepath.Base(filepath.ToSlash(name))
	}
	if r.Grade == "" {
		r.Grade = User
	}
	switch {
	case !isLawID(r.LawID):
		return r, reason("どの法令かが、ファイルからもその名からも分からない（--law で示す）", "neither the file nor its name says which law it is; name it with --law")
	case r.From.IsZero():
		return r, undated(name)
	case !r.Until.IsZero() && !r.From.Before(r.Until):
		return r, reason(fmt.Sprintf("効力のある日がない（%sから、%sにはもうない）", r.From, r.Until), fmt.Sprintf("it would be in force on no day: from %s, and on %s no longer", r.From, r.Until))
	}
	if r.ID == "" {
		r.ID = r.LawID + "_" + strings.ReplaceAll(r.From.String(), "-", "") + "_user"
	}
	return r, nil
}

// undated is that nobody says from which day a text is in force, with the index that may.
func undated(name string) error {
	const ja, en = "いつからの条文かが、ファイルからもその名からも分からない", "neither the file nor its name says from which day it is in force"
	folder := filepath.Dir(name)
	if dir, _ := indexOf(folder); dir != "" {
		return reason(ja+"（"+filepath.Join(dir, indexName)+" が示しているなら、フォルダー "+folder+" を取り込む）",
			en+"; if "+filepath.Join(dir, indexName)+" does, import the folder "+folder)
	}
	return reason(ja+"（--from で示す）", en+"; name it with --from")
}

// lawOf is the law of a file that does not say its id: the one that the options name, or
// the one whose number the file has.
func (in *importer) lawOf(d *lawxml.Document) string {
	if in.options.LawID != "" || in.options.LawOf == nil {
		return in.options.LawID
	}
	for _, number := range d.Numbers() {
		if id := in.options.LawOf(number); id != "" {
			return id
		}
	}
	return ""
}

// revisionID is the form of e-Gov's ids of texts.
var revisionID = regexp.MustCompile(`^([0-9]{3}[0-9A-Z]{12})_([0-9]{8})_([0-9A-Z]{15})$`)

// law is a law as the import will leave it.
func (in *importer) law(id string) (*lawFile, error) {
	if l, ok := in.laws[id]; ok {
		return l, nil
	}
	l, err := in.store.law(id)
	if errors.Is(err, ErrNoLaw) {
		l, err = &lawFile{ID: id}, nil
	}
	if err != nil {
		return nil, err
	}
	own := *l
	own.Revisions, own.Listed = slices.Clone(l.Revisions), slices.Clone(l.Listed)
	in.laws[id] = &own
	return &own, nil
}

// keep puts a text into the store, unless it is another law's, or the store has a better
// one of the revision.
func (in *importer) keep(name string, d *lawxml.Document, r Revision, data []byte) error {
	if mistaken := in.options.Mistaken; mistaken != nil {
		if err := mistaken(r.LawID, d); err != nil {
			in.refuse(name, err)
			return nil
		}
	}
	l, err := in.law(r.LawID)
	if err != nil {
		return err
	}
	if r.SHA256, err = in.store.writeText(data); err != nil {
		return err
	}
	r.Bytes, r.Title, r.Abbrev = int64(len(data)), d.Title, d.Abbrev
	if d.LawNum != "" {
		l.Number = d.LawNum
	}
	if !d.Promulgated.IsZero() {
		l.Promulgated = d.Promulgated
	}
	did := Added
	if i := slices.IndexFunc(l.Revisions, func(have Revision) bool { return have.ID == r.ID }); i >= 0 {
		have := &l.Revisions[i]
		switch {
		case have.Grade.rank() > r.Grade.rank():
			did = Kept
		case have.SHA256 == r.SHA256 && have.Grade == r.Grade:
			did = Same
			if r.Fetched.After(have.Fetched) || have.Until.IsZero() && !r.Until.IsZero() || have.Ends == Unknown {
				*have = r
			}
		default:
			did, *have = Replaced, r
		}
	} else {
		l.Revisions = append(l.Revisions, r)
	}
	in.report.Imported = append(in.report.Imported, Imported{name, r.LawID, r.ID, did})
	return nil
}
