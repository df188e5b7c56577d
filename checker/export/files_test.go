package export

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"jobun/rules"
)

func file(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

// inMemory copies the rulebook, for tests that add to it.
func inMemory(t *testing.T) fstest.MapFS {
	t.Helper()
	all := fstest.MapFS{}
	err := fs.WalkDir(rules.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(rules.Files, name)
		all[name] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
