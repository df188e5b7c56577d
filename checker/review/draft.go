package review

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"jobun/internal/disk"
)

// Draft is a decision that is being written. It is kept beside the journal, so that
// a crash loses no more than the last keys, and is no opinion until it is recorded.
type Draft struct {
	By      string `json:"by"`
	Finding Key    `json:"finding"`
	Clause  string `json:"clause,omitempty"`
	Action  Action `json:"action"`
	Answer  string `json:"answer,omitempty"`
	Reason  Reason `json:"reason,omitempty"`
	Note    string `json:"note,omitempty"`
	Needs   string `json:"needs,omitempty"`
	Expires string `json:"expires,omitempty"`
	Also    []Key  `json:"also,omitempty"` // further findings that it is on
}

// draftName is the file of a draft: one for each author and finding, so that two
// programs never write the same one unless one person uses both.
func (j *Journal) draftName(by string, key Key) string {
	return j.name + ".draft-" + hashOf([]byte(by + "\x00" + key.Rule + "\x00" + key.Entity))[:12]
}

// SaveDraft keeps a draft, in place of the author's last one on the finding.
func (j *Journal) SaveDraft(d Draft) error {
	text, err := json.Marshal(d)
	if err != nil {
		return fmt.Errorf("save the draft: %w", err)
	}
	if err := disk.Replace(j.draftName(d.By, d.Finding), text); err != nil {
		return fmt.Errorf("save the draft: %w", err)
	}
	return nil
}

// DropDraft forgets the author's draft on a finding, if there is one.
func (j *Journal) DropDraft(by string, key Key) error {
	if err := os.Remove(j.draftName(by, key)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("drop the draft: %w", err)
	}
	return nil
}

// Drafts lists somebody's drafts, by the names of their files. What cannot be read
// is left where it is: it may be another program's, half a second old.
func (j *Journal) Drafts(by string) []Draft {
	dir, base := filepath.Split(j.name)
	files, err := os.ReadDir(filepath.Clean(dir + "."))
	if err != nil {
		return nil
	}
	var drafts []Draft
	for _, f := range files {
		if !strings.HasPrefix(f.Name(), base+".draft-") || !f.Type().IsRegular() {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			continue
		}
		var d Draft
		if json.Unmarshal(text, &d) == nil && samePerson(d.By, by) && filepath.Base(j.draftName(d.By, d.Finding)) == f.Name() {
			drafts = append(drafts, d)
		}
	}
	return drafts
}
