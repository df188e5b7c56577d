package observe

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"jobun/internal/cells"
)

const (
	mostDepth   = 2
	mostMembers = 10_000
)

// budget is how many bytes an archive may still unpack to, all its members and the
// archives in them together. A tar packs nothing: what is in it is not counted a second time.
type budget struct{ left int64 }

func newBudget(most int64) *budget { return &budget{left: most} }

var errBudget = errors.New("it unpacks to far more than an archive of its size should: the rest was not read")

// limited reads within the budget.
type limited struct {
	in   io.Reader
	left *int64
}

func (l *limited) Read(p []byte) (int, error) {
	if *l.left <= 0 {
		return 0, errBudget
	}
	if int64(len(p)) > *l.left {
		p = p[:*l.left]
	}
	n, err := l.in.Read(p)
	*l.left -= int64(n)
	return n, err
}

func readGzip(c *collector, in content) error {
	z, err := gzip.NewReader(in.stream)
	if err != nil {
		return err
	}
	// A gzip of a tar is one archive, not two.
	b := bufio.NewReaderSize(&limited{z, &c.budget.left}, headSize)
	head, err := b.Peek(512)
	if len(head) == 0 && err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if isTar(head) {
		c.format("tar")
		if err := readTar(c, content{stream: b, size: -1, name: in.name, depth: in.depth}); err != nil {
			return err
		}
		// The checksum comes after the last member.
		if _, err := io.Copy(io.Discard, b); err != nil {
			c.lost("after the last member: " + plainError(err) + "; no checksum vouches for what was read")
		}
		return nil
	}
	name := path.Base(strings.TrimSuffix(strings.ReplaceAll(in.name, `\`, "/"), ".gz"))
	return c.inside(content{stream: b, size: -1, name: name, depth: in.depth})
}

// readTar reads a stream that is within the budget already.
func readTar(c *collector, in content) error {
	t := tar.NewReader(in.stream)
	for n := 0; ; n++ {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if n >= mostMembers {
			return fmt.Errorf("more than %d members", mostMembers)
		}
		if h.Typeflag != tar.TypeReg {
			continue
		}
		if isSparse(h) {
			c.lost(cut(h.Name, 100) + ": a member with holes is not read: it can be of any size")
			continue
		}
		if err := c.inside(content{stream: t, size: -1, name: h.Name, depth: in.depth}); err != nil {
			return err
		}
	}
}

// isSparse reports whether a member has holes, which no byte of the archive stands for.
func isSparse(h *tar.Header) bool {
	for key := range h.PAXRecords {
		if strings.HasPrefix(key, "GNU.sparse.") {
			return true
		}
	}
	return h.Typeflag == tar.TypeGNUSparse
}

func readZip(c *collector, in content) error {
	at, size, done, err := in.whole(c.ctx)
	if err != nil {
		return err
	}
	defer done()
	if most := zipEntries(at, size); most > mostMembers {
		return fmt.Errorf("more than %d members", mostMembers)
	}
	z, err := zip.NewReader(at, size)
	if err != nil {
		return err
	}
	for n, f := range z.File {
		if n >= mostMembers {
			return fmt.Errorf("more than %d members", mostMembers)
		}
		if !f.Mode().IsRegular() {
			continue
		}
		if err := c.zipMember(f, in.depth); err != nil {
			return err
		}
	}
	return nil
}

func (c *collector) zipMember(f *zip.File, depth int) error {
	if f.Flags&1 != 0 {
		c.lostPart(cut(f.Name, 100) + ": locked with a password")
		return nil
	}
	r, err := f.Open()
	if err != nil {
		c.lostPart(cut(f.Name, 100) + ": " + plainError(err))
		return nil
	}
	defer r.Close()
	return c.inside(content{stream: &limited{r, &c.budget.left}, size: -1, name: f.Name, depth: depth})
}

// inside reads a member of an archive. Nothing is ever written under its name; a
// name that leads out of the archive is told, because somebody made it so.
func (c *collector) inside(in content) error {
	if in.depth >= mostDepth {
		c.lostPart(cut(in.name, 100) + ": archives in archives in archives are not read")
		return nil
	}
	name := strings.ReplaceAll(in.name, `\`, "/")
	if path.IsAbs(name) || strings.Contains(name, ":") || name == ".." || strings.HasPrefix(path.Clean(name), "../") {
		c.complain("a member's name leads out of the archive: " + cut(in.name, 100))
	}
	before := c.member
	c.member = cut(strings.TrimPrefix(before+"!"+cells.Sanitise(path.Clean("/" + name))[1:], "!"), 200)
	sum := sha256.New()
	counted := &counter{in: io.TeeReader(in.stream, sum), ctx: c.ctx}
	outer := c.budget
	err := c.read(content{stream: counted, size: -1, name: in.name, depth: in.depth + 1}, outer)
	// What a reader leaves is read too: a hash and a size are those of the whole member.
	_, rest := io.Copy(io.Discard, counted)
	if rest == nil && len(c.members) < 100 {
		c.members = append(c.members, member{c.member, hex.EncodeToString(sum.Sum(nil)), counted.n})
	}
	if err == nil || errors.Is(rest, errBudget) {
		err = rest
	}
	if err != nil {
		c.lostPart(c.member + ": " + plainError(err))
		if errors.Is(err, errBudget) {
			c.member = before
			return err
		}
	}
	c.member = before
	return nil
}

// counter counts what is read, until its context ends.
type counter struct {
	in  io.Reader
	ctx context.Context
	n   int64
}

func (r *counter) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := r.in.Read(p)
	r.n += int64(n)
	return n, err
}
