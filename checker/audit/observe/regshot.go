package observe

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"

	"jobun/checker/audit/evtx"
)

// Regshot's text compares two states of the registry and of folders: a header
// (Regshot 1.9.x, Datetime: A , B: local, no zone), and sections between dashed lines:
// Keys deleted, Keys added, Values deleted, Values added, Values modified (each twice:
// before, after), Files added, Files deleted, Folders …: N. A line of a value is
// HKLM\path\name: data; data that are long or of several lines go on below. A name that itself holds ": " cannot be told from its data: the
// first ": " after the last backslash is taken. There is no actor and no time of an
// act. Source: Regshot's own output, published.

func isRegshot(head []byte) bool {
	text := plainHead(head)
	return bytes.HasPrefix(text, []byte("Regshot ")) || bytes.Contains(text[:min(len(text), 400)], []byte("Regshot")) && bytes.Contains(text, []byte("\nDatetime:"))
}

func (c *collector) readRegshot(r io.Reader) error {
	in := bufio.NewReaderSize(utf8Reader(r), 1<<20)
	section, when, previous := "", "", ""
	for line := 1; ; line++ {
		part, err := in.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			c.bad(line, "more than 1 MiB")
			for errors.Is(err, bufio.ErrBufferFull) {
				_, err = in.ReadSlice('\n')
			}
			part = nil
		}
		text := strings.TrimRight(string(part), "\r\n")
		switch {
		case strings.HasPrefix(text, "Datetime:"):
			when = strings.TrimSpace(strings.TrimPrefix(text, "Datetime:"))
		case regshotSection(text) != "":
			section, previous = regshotSection(text), ""
		case text == "" || strings.HasPrefix(text, "----") || section == "":
		default:
			c.source.Read++
			c.regshotLine(section, text, &previous, line, when)
		}
		if err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
	}
}

// regshotSection is the section that a heading begins, such as "Keys added: 12".
func regshotSection(text string) string {
	name, number, ok := strings.Cut(text, ":")
	if _, err := strconv.Atoi(strings.TrimSpace(number)); !ok || err != nil || strings.Contains(name, `\`) {
		return ""
	}
	return strings.ToLower(name)
}

func (c *collector) regshotLine(section, text string, previous *string, line int, when string) {
	e := &event{Event: &evtx.Event{Data: []evtx.Field{{Name: section, Value: text}}}, line: line, where: section, written: when}
	fields := []string{section}
	switch section {
	case "keys added":
		c.inferred(func() { c.key(e, keyChange{target: keyName(text), makes: true, fields: fields}) })
	case "keys deleted":
		c.inferred(func() { c.key(e, keyChange{target: keyName(text), deletes: true, fields: fields}) })
	case "values added", "values deleted", "values modified":
		if !strings.HasPrefix(text, "HK") {
			return // long or of several lines, the data go on
		}
		if strings.HasSuffix(text, ":") {
			text += " " // no data, and an editor took the space off
		}
		at := strings.LastIndex(text, `\`)
		colon := strings.Index(text[max(at, 0):], ": ")
		// Data can hold a backslash too; a value's line begins with its key.
		if first := strings.Index(text, ": "); first >= 0 && (colon < 0 || first < at) {
			at, colon = 0, first
		}
		if colon < 0 {
			c.bad(line, "a value without data")
			return
		}
		name, data := text[:max(at, 0)+colon], text[max(at, 0)+colon+2:]
		if section == "values modified" && *previous != name {
			*previous = name // the state before; the one after follows
			return
		}
		*previous = ""
		x := keyChange{target: keyName(name), sets: section != "values deleted", deletes: section == "values deleted", value: data, fields: fields}
		if n, err := strconv.ParseUint(strings.TrimPrefix(data, "0x"), 16, 32); err == nil && strings.HasPrefix(data, "0x") {
			x.dword = strconv.FormatUint(n, 10)
		}
		c.inferred(func() { c.key(e, x) })
	}
}

// inferred marks what is kept meanwhile as read from two states.
func (c *collector) inferred(keep func()) {
	c.states = true
	keep()
	c.states = false
}
