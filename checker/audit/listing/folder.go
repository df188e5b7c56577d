package listing

import (
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
)

// RecordName is the file in which the collecting script records what it did.
const RecordName = "collected.txt"

const mostFiles = 10_000

// ReadFolder reads the listings of a folder, with the record of the collecting
// script if there is one: it tells the command of each file, and which keys and
// paths were not there. Files are read in the order of their names. The error is of
// the file system; a file that cannot be read is a File with a loss.
func ReadFolder(dir fs.FS) (Snapshot, error) {
	var files []string
	err := fs.WalkDir(dir, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.Type().IsRegular() {
			files = append(files, name)
		}
		if len(files) > mostFiles {
			return fmt.Errorf("more than %d files", mostFiles)
		}
		return nil
	})
	if err != nil {
		return Snapshot{}, fmt.Errorf("read the folder of listings: %w", err)
	}
	slices.Sort(files)
	var all []Snapshot
	commands := map[string]string{}
	if i := slices.Index(files, RecordName); i >= 0 {
		b, err := readFile(dir, RecordName)
		if err != nil {
			return Snapshot{}, fmt.Errorf("read %s: %w", RecordName, err)
		}
		var s Snapshot
		s, commands = readRecord(b)
		all = append(all, s)
		files = slices.Delete(files, i, i+1)
	}
	for _, name := range files {
		b, err := readFile(dir, name)
		if err != nil {
			all = append(all, Snapshot{Files: []File{{Name: name, Losses: []Loss{{0, err.Error()}}}}})
			continue
		}
		all = append(all, read(name, b, commands[name]))
	}
	return Merge(all...), nil
}

// readFile reads one byte more than is kept, so that a file that is too large is
// known to be.
func readFile(dir fs.FS, name string) ([]byte, error) {
	f, err := dir.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, mostBytes+1))
}

// The record has a line for each thing, in columns parted by tabs:
//
//	jobun-collect  1
//	computer       PC-EXAMPLE
//	file           accounts.json   Get-LocalUser | ConvertTo-Json
//	absent         registry        HKLM\SOFTWARE\…\UserList
//	absent         path            C:\KeyStore
//	failed         secedit …       what the tool said
//
// Other lines are for people.
func readRecord(b []byte) (Snapshot, map[string]string) {
	commands := map[string]string{}
	r := newReader(RecordName, b)
	for i, l := range r.lines {
		cols := strings.Split(l.text, "\t")
		origin := r.take(l)
		switch {
		case i == 0 && (len(cols) != 2 || cols[0] != "jobun-collect" || cols[1] != "1"):
			r.lose(1, "not the record of the collecting script that is known here")
			return r.snapshot(), commands
		case len(cols) == 2 && cols[0] == "computer":
			r.snap.Computer = cols[1]
		case len(cols) == 3 && cols[0] == "file":
			commands[cols[1]] = cols[2]
		case len(cols) == 3 && cols[0] == "absent" && cols[1] == "registry":
			r.coverKey(cols[2], origin)
		case len(cols) == 3 && cols[0] == "absent" && cols[1] == "path":
			r.cover(Coverage{Kind: ACL, Scope: pathID(cols[2]), Tree: true, Origin: origin})
		case len(cols) >= 2 && cols[0] == "failed":
			r.lose(l.no, "not collected: "+strings.Join(cols[1:], ": "))
		}
	}
	r.format("record of the collecting script")
	return r.snapshot(), commands
}
