package main

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"jobun/checker/audit"
	"jobun/checker/export"
	"jobun/checker/pack"
)

// hashExhibits hashes the exhibits again; of a pack, what its manifest says of them is
// compared too.
func (v *verification) hashExhibits(listed []pack.Exhibit) error {
	report, err := v.readSource()
	if err != nil {
		return err
	}
	said := map[string]pack.Exhibit{}
	for _, x := range listed {
		said[x.ID] = x
	}
	stated := map[string]string{}
	for _, e := range report.Exhibits {
		stated[e.ID] = strings.ToLower(e.SHA256)
	}
	left := map[audit.ExhibitState][]string{}
	for _, x := range audit.VerifyExhibits(report, v.source.exhibits) {
		word := v.words("証拠 ", "exhibit ") + x.Exhibit
		if entry, ok := said[x.Exhibit]; listed != nil && (!ok || entry.Stated != stated[x.Exhibit] || entry.State != string(x.State)) {
			v.add(pack.ManifestName, pack.Difference{Kind: pack.Exhibits, Where: word, Want: stated[x.Exhibit] + " " + string(x.State), Have: entry.Stated + " " + entry.State})
		}
		switch x.State {
		case audit.HashDiffers:
			v.add(x.File, pack.Difference{Kind: pack.Exhibits, Where: word, Want: stated[x.Exhibit], Have: v.words("別のSHA-256", "another SHA-256")})
		case audit.FileMissing, audit.NotHashed:
			left[x.State] = append(left[x.State], x.Exhibit)
		}
	}
	if ids := left[audit.FileMissing]; len(ids) > 0 {
		v.lacks(fmt.Sprintf("証拠 %d点のハッシュ（ファイルがない）: %s", len(ids), strings.Join(ids, "、")), fmt.Sprintf("the hashes of %d exhibits whose files are not there: %s", len(ids), strings.Join(ids, ", ")))
	}
	if ids := left[audit.NotHashed]; len(ids) > 0 {
		v.lacks(fmt.Sprintf("証拠 %d点のハッシュ（報告にファイル又はSHA-256の記載がない）: %s", len(ids), strings.Join(ids, "、")), fmt.Sprintf("the hashes of %d exhibits for which the report states no file or no SHA-256: %s", len(ids), strings.Join(ids, ", ")))
	}
	return nil
}

// folder compares a submission folder: its files with the manifest, the signature, the
// exhibits and every paper.
func (v *verification) folder(dir string) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fail(exitInput, err)
	}
	defer root.Close()
	m, err := pack.Read(root.FS())
	if err != nil {
		return fail(exitIntegrity, err)
	}
	list, err := pack.Compare(root.FS(), m)
	if err != nil {
		return fail(exitIntegrity, err)
	}
	v.add(pack.SumsName, list...)
	v.compared++
	if err := v.signature(dir); err != nil {
		return err
	}
	if err := v.packedSource(dir, root.FS(), m); err != nil {
		return err
	}
	for i := range m.Papers {
		data, err := fs.ReadFile(root.FS(), m.Papers[i].File)
		if err != nil {
			continue // the comparison with the manifest has said so
		}
		if err := v.paper(m.Papers[i].File, data, &m.Papers[i]); err != nil {
			return err
		}
	}
	return nil
}

// packedSource takes the report that is named, or the copy in a pack, as the source;
// the exhibits are those of the pack.
func (v *verification) packedSource(dir string, files fs.FS, m pack.Manifest) error {
	v.source = &origin{report: v.flags.report, journal: v.journalName(v.flags.report)}
	if v.flags.report == "" {
		if !fs.ValidPath(m.Report) || m.Journal != "" && !fs.ValidPath(m.Journal) {
			return fail(exitIntegrity, fmt.Errorf("%s names a file outside of the folder", pack.ManifestName))
		}
		v.source.report, v.source.journal = filepath.Join(dir, filepath.FromSlash(m.Report)), filepath.Join(dir, filepath.FromSlash(m.Journal))
		if info, err := fs.Stat(files, m.Report); err != nil || !info.Mode().IsRegular() {
			v.source = nil
			return nil // the comparison with the manifest has said so
		}
	}
	report, err := v.readSource()
	if err != nil {
		v.add(m.Report, pack.Difference{Kind: pack.Form, Where: m.Report, Have: v.says(err.Error())})
		v.source = nil
		return nil
	}
	names := map[string]string{}
	for _, e := range report.Exhibits {
		names[e.ID] = e.File
	}
	v.source.exhibits = m.ExhibitsAt(files, names)
	if m.Rulebook != "" {
		if book, err := v.rulebook(); err == nil && book.Digest != m.Rulebook {
			v.add(pack.ManifestName, pack.Difference{Kind: pack.Setting, Where: "rulebook_sha256", Want: book.Digest, Have: m.Rulebook})
		}
	}
	v.exhibitNumbers(report, m)
	return v.hashExhibits(m.Exhibits)
}

// exhibitNumbers compares the numbers that a manifest gives exhibits, and the names of
// their files, with those that the report gives them.
func (v *verification) exhibitNumbers(report *audit.Report, m pack.Manifest) {
	numbering := export.Numberings()[0]
	if len(m.Papers) > 0 {
		numbering = m.Papers[0].Made.Settings["exhibits"] // which is compared with what the paper carries
	}
	numbers := export.ExhibitNumbers(report)
	stated := map[string]audit.Exhibit{}
	for _, e := range report.Exhibits {
		stated[e.ID] = e
	}
	for _, x := range m.Exhibits {
		e, ok := stated[x.ID]
		number, file := numbers[x.ID].In(numbering), ""
		if x.File != "" {
			file = path.Join(packExhibits, export.ExhibitFileName(numbering, numbers[x.ID], e))
		}
		if !ok {
			number, file = "", "" // the report has no such exhibit
		}
		if x.Number != number || x.File != file {
			v.add(pack.ManifestName, pack.Difference{Kind: pack.Exhibits, Where: v.words("証拠 ", "exhibit ") + x.ID, Want: strings.TrimSpace(number + " " + file), Have: strings.TrimSpace(x.Number + " " + x.File)})
		}
	}
}
