package review

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofrs/flock"
)

// root is the hash that the first line holds: of the name of this format, so that a
// later format cannot be taken for this one.
func root() string { return hashOf([]byte("jobun journal 1")) }

func hashOf(line []byte) string {
	sum := sha256.Sum256(line)
	return hex.EncodeToString(sum[:])
}

// BrokenError says that a journal is not what was written: a line that cannot be
// read, a hash that does not agree, or an end that was cut away.
type BrokenError struct {
	Name string
	Line int // from 1
	Why  string
}

func (e *BrokenError) Error() string {
	return fmt.Sprintf("%s:%d: the journal is broken: %s", e.Name, e.Line, e.Why)
}

// Journal is the decisions on one report, in one file. It is not safe for use by
// several goroutines; several programs may use one file.
type Journal struct {
	name    string
	entries []Entry
	size    int64  // the bytes of the file that the entries are
	head    string // the hash of the last line
	unended bool   // the last line lacks its line end: an editor took it off
	torn    int    // bytes after them that are no whole line
	write   func(*os.File, []byte) (int, error)
}

// Beside is where the journal of a report lies unless the user says otherwise.
func Beside(report string) string {
	return strings.TrimSuffix(report, filepath.Ext(report)) + ".decisions.jsonl"
}

// Open reads a journal. A file that is not there is an empty journal: it is made by
// the first entry. Errors are *BrokenError, or why the file cannot be read.
func Open(name string) (*Journal, error) {
	j := &Journal{name: name, head: root(), write: (*os.File).Write}
	_, err := j.Refresh()
	return j, err
}

// Name is the name of the file.
func (j *Journal) Name() string { return j.name }

// Entries are the lines, oldest first. They are not to be changed.
func (j *Journal) Entries() []Entry { return j.entries }

// Head is the SHA-256 of the last line, in hexadecimal: whoever holds it can tell
// whether the journal was changed or cut.
func (j *Journal) Head() string { return j.head }

// Torn is how many bytes lie after the last whole stroke: of entries that a crash cut
// off before anybody was told that they were recorded. The next entry moves them to a
// file of their own.
func (j *Journal) Torn() int { return j.torn }

// Refresh reads what other programs have added, and gives it.
func (j *Journal) Refresh() ([]Entry, error) {
	info, err := os.Stat(j.name)
	if errors.Is(err, fs.ErrNotExist) {
		if j.size > 0 {
			return nil, &BrokenError{j.name, len(j.entries), "the file is gone"}
		}
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the journal: %w", err)
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("read the journal: %s is not a file", j.name)
	}
	if info.Size() < j.size {
		return nil, &BrokenError{j.name, len(j.entries), "its end was cut away"}
	}
	if info.Size() > maxJournal {
		return nil, &BrokenError{j.name, len(j.entries) + 1, fmt.Sprintf("it has %d bytes, and a journal at most %d", info.Size(), maxJournal)}
	}
	f, err := os.Open(j.name)
	if err != nil {
		return nil, fmt.Errorf("read the journal: %w", err)
	}
	defer f.Close()
	if _, err := f.Seek(j.size, io.SeekStart); err != nil {
		return nil, fmt.Errorf("read the journal: %w", err)
	}
	text, err := io.ReadAll(f)
	if err != nil {
		return nil, fmt.Errorf("read the journal: %w", err)
	}
	return j.take(text)
}

// take reads lines that follow those read before. What is left at the end that is no
// whole line, or no whole stroke, counts for nothing: see Torn. A last line that lacks
// nothing but its line end is whole.
func (j *Journal) take(text []byte) ([]Entry, error) {
	if j.unended && len(text) > 0 {
		if text[0] != '\n' {
			return nil, &BrokenError{j.name, len(j.entries), "more was written into its last line"}
		}
		text, j.size, j.unended = text[1:], j.size+1, false
	}
	before := len(j.entries)
	whole := *j // as it is after the last whole stroke
	for len(text) > 0 {
		line, rest, ended := bytes.Cut(text, []byte("\n"))
		e, err := j.next(line)
		if err == nil {
			err = j.continues(e)
		}
		if err != nil && !ended {
			break // cut off by a crash
		}
		if err != nil {
			return j.entries[before:], &BrokenError{j.name, len(j.entries) + 1, err.Error()}
		}
		j.entries = append(j.entries, e)
		j.size += int64(len(line))
		if ended {
			j.size++
		}
		j.head, j.unended, text = hashOf(line), !ended, rest
		if e.isLastOfStroke() {
			whole = *j
		}
	}
	left := int(j.size-whole.size) + len(text)
	*j = whole
	j.torn = left
	return j.entries[before:], nil
}

// isLastOfStroke reports whether an entry ends what was recorded at one stroke.
func (e *Entry) isLastOfStroke() bool { return e.BatchOf == 0 || e.Seq == e.Batch+e.BatchOf-1 }

// continues reports whether an entry goes on with a stroke that was begun.
func (j *Journal) continues(e Entry) error {
	if n := len(j.entries); n > 0 && !j.entries[n-1].isLastOfStroke() {
		if last := j.entries[n-1]; e.Batch != last.Batch || e.BatchOf != last.BatchOf {
			return fmt.Errorf("the entries before it are a part of those that were made at one stroke")
		}
	}
	return nil
}

// next reads one line as the one that follows those read before.
func (j *Journal) next(line []byte) (Entry, error) {
	var e Entry
	if len(line) > maxLine || !utf8.Valid(line) {
		return e, fmt.Errorf("it is not a line that this program writes")
	}
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&e); err != nil {
		return e, fmt.Errorf("it is not an entry: %w", err)
	}
	again, err := json.Marshal(e)
	if err != nil || !bytes.Equal(again, line) {
		return e, fmt.Errorf("it is not written as this program writes it")
	}
	if e.Prev != j.head {
		return e, fmt.Errorf("it does not follow the line before: a line was changed, taken out or put in")
	}
	if e.Seq != len(j.entries)+1 {
		return e, fmt.Errorf("its number is %d, and must be %d", e.Seq, len(j.entries)+1)
	}
	return e, e.check()
}

// Append adds entries made at one stroke: all of them or none, on the disk before it
// returns. It sets their numbers and hashes, and takes the number of entries that
// the author had seen: if others have added some since, nothing is added and the
// error is a *MovedError that holds them.
func (j *Journal) Append(seen int, entries ...Entry) ([]Entry, error) {
	unlock, err := j.lock()
	if err != nil {
		return nil, err
	}
	defer unlock()
	if _, err := j.Refresh(); err != nil {
		return nil, err
	}
	if seen < len(j.entries) {
		return nil, &MovedError{j.entries[seen:]}
	}
	lines, added, err := j.chain(entries)
	if err != nil {
		return nil, err
	}
	if err := j.saveTorn(); err != nil {
		return nil, err
	}
	if j.unended {
		lines = append([]byte("\n"), lines...)
	}
	if err := j.put(lines); err != nil {
		return nil, fmt.Errorf("write the journal: nothing was recorded: %w", err)
	}
	if _, err := j.take(lines); err != nil {
		return nil, err
	}
	return added, nil
}

// MovedError says that others have added entries that the author has not seen.
type MovedError struct{ Added []Entry }

func (e *MovedError) Error() string {
	return fmt.Sprintf("others have recorded %d entries since; nothing was recorded", len(e.Added))
}

// chain gives entries their numbers and hashes, and writes them as lines.
func (j *Journal) chain(entries []Entry) (lines []byte, added []Entry, err error) {
	first, head := len(j.entries)+1, j.head
	for i, e := range entries {
		e.Seq, e.Prev, e.Batch, e.BatchOf = first+i, head, 0, 0
		if len(entries) > 1 {
			e.Batch, e.BatchOf = first, len(entries)
		}
		if err := e.check(); err != nil {
			return nil, nil, fmt.Errorf("this cannot be recorded: %w", err)
		}
		line, err := json.Marshal(e)
		if err != nil {
			return nil, nil, fmt.Errorf("this cannot be recorded: %w", err)
		}
		if len(line) > maxLine {
			return nil, nil, fmt.Errorf("this cannot be recorded: it is longer than %d bytes", maxLine)
		}
		if e, err = decoded(line); err != nil { // as it is read back: text that is not UTF-8 was replaced
			return nil, nil, err
		}
		head = hashOf(line)
		lines = append(append(lines, line...), '\n')
		added = append(added, e)
	}
	return lines, added, nil
}

func decoded(line []byte) (Entry, error) {
	var e Entry
	if err := json.Unmarshal(line, &e); err != nil {
		return e, fmt.Errorf("this cannot be recorded: %w", err)
	}
	return e, nil
}

// put writes lines at the end of the file. What cannot be written whole is taken
// away again, so that a full disk leaves the journal as it was.
func (j *Journal) put(lines []byte) error {
	isNew := j.size == 0
	f, err := os.OpenFile(j.name, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	_, err = j.write(f, lines)
	if err == nil {
		err = f.Sync()
	}
	if err != nil {
		err = errors.Join(err, f.Truncate(j.size))
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil && isNew {
		syncFolder(filepath.Dir(j.name))
	}
	return err
}

// syncFolder makes a new name last. Not every system can; the file is whole anyway.
func syncFolder(dir string) {
	if runtime.GOOS == "windows" {
		return
	}
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		d.Close()
	}
}

// saveTorn moves what a crash left of an entry out of the way, into a file beside
// the journal: nothing is thrown away, and nothing that nobody was told of counts.
func (j *Journal) saveTorn() error {
	if j.torn == 0 {
		return nil
	}
	whole, err := os.ReadFile(j.name)
	if err != nil {
		return fmt.Errorf("read the journal: %w", err)
	}
	torn, err := os.OpenFile(j.name+".torn", os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return fmt.Errorf("move what a crash left of an entry: %w", err)
	}
	_, err = torn.Write(append(whole[j.size:], '\n'))
	if err == nil {
		err = torn.Sync()
	}
	if err = errors.Join(err, torn.Close()); err != nil {
		return fmt.Errorf("move what a crash left of an entry: %w", err)
	}
	if err := os.Truncate(j.name, j.size); err != nil {
		return fmt.Errorf("move what a crash left of an entry: %w", err)
	}
	j.torn = 0
	return nil
}

// lockTime is how long another program is waited for. An entry takes it some
// milliseconds.
const lockTime = 10 * time.Second

// lock keeps other programs out until the function that it gives is called. The
// lock is a file of its own: some systems lock files against reading too.
func (j *Journal) lock() (unlock func(), err error) {
	ctx, stop := context.WithTimeout(context.Background(), lockTime)
	defer stop()
	lock := flock.New(j.name + ".lock")
	ok, err := lock.TryLockContext(ctx, 5*time.Millisecond)
	if errors.Is(err, context.DeadlineExceeded) || err == nil && !ok {
		return nil, fmt.Errorf("write the journal: nothing was recorded: another program holds %s", lock.Path())
	}
	if err != nil {
		return nil, fmt.Errorf("write the journal: nothing was recorded: %w", err)
	}
	return func() { _ = lock.Unlock() }, nil
}
