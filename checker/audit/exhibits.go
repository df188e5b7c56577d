package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"
)

// ExhibitState is what came of hashing an exhibit's file.
type ExhibitState string

// The states.
const (
	HashAgrees  ExhibitState = "agrees"
	HashDiffers ExhibitState = "differs"
	FileMissing ExhibitState = "missing"
	NotHashed   ExhibitState = "not-hashed" // the report states no file or no hash
)

// ExhibitCheck is an exhibit with the state of its file.
type ExhibitCheck struct {
	Exhibit string
	File    string
	State   ExhibitState
}

// VerifyExhibits hashes the files of the exhibits, relative to the folder of the
// report. Paths that lead out of the folder count as missing: a report is not
// trusted to name files elsewhere.
func VerifyExhibits(r *Report, dir fs.FS) []ExhibitCheck {
	var checks []ExhibitCheck
	states := map[[2]string]ExhibitState{} // a file that several exhibits name is hashed once
	for _, e := range r.Exhibits {
		check := ExhibitCheck{Exhibit: e.ID, File: e.File, State: NotHashed}
		if key := [2]string{e.File, e.SHA256}; e.File != "" && e.SHA256 != "" {
			if _, ok := states[key]; !ok {
				states[key] = hashState(dir, e.File, e.SHA256)
			}
			check.State = states[key]
		}
		checks = append(checks, check)
	}
	return checks
}

func hashState(dir fs.FS, name, want string) ExhibitState {
	name = path.Clean(strings.ReplaceAll(name, "\\", "/"))
	if !fs.ValidPath(name) {
		return FileMissing
	}
	// Asked before it is opened: a named pipe would wait for ever.
	if info, err := fs.Stat(dir, name); err != nil || !info.Mode().IsRegular() {
		return FileMissing
	}
	f, err := dir.Open(name)
	if err != nil {
		return FileMissing
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil && !errors.Is(err, io.EOF) {
		return FileMissing
	}
	if !strings.EqualFold(hex.EncodeToString(sum.Sum(nil)), want) {
		return HashDiffers
	}
	return HashAgrees
}
