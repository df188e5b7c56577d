package observe

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// isEventJSONDocument knows Windows events that are not one to a line: an array of
// them, or values over several lines, as PowerShell's ConvertTo-Json and jq write them.
func isEventJSONDocument(head []byte) bool {
	text := plainHead(head)
	return (bytes.HasPrefix(text, []byte("{")) || bytes.HasPrefix(text, []byte("["))) && namesEvents(text)
}

// readJSONDocuments gives every event of an array, or of values one after the other. An
// event is found again by its JSON pointer: its number in the array, or among the
// values, from 0. What follows a value that is not well formed cannot be read.
func (c *collector) readJSONDocuments(r io.Reader) error {
	in := bufio.NewReaderSize(utf8Reader(r), 1<<18)
	first, err := firstOf(in)
	if err != nil {
		return err
	}
	decoder := json.NewDecoder(in)
	isArray := first == '['
	if isArray {
		if _, err := decoder.Token(); err != nil {
			return fmt.Errorf("read the JSON: %w", err)
		}
	}
	x := &jsonEvents{collector: c, interned: map[string]string{}}
	var one bytes.Buffer
	for n := 0; !isArray || decoder.More(); n++ {
		var value json.RawMessage
		err := decoder.Decode(&value)
		if errors.Is(err, io.EOF) && !isArray {
			return nil
		}
		if err != nil {
			c.lost(fmt.Sprintf("after value %d: %v", n, err))
			return nil
		}
		x.pointer = fmt.Sprintf("JSON pointer /%d", n)
		one.Reset()
		switch err := json.Compact(&one, value); {
		case err != nil:
			c.lost(x.pointer + ": " + err.Error())
		case one.Len() > mostLine:
			c.lost(x.pointer + ": more than 16 MiB")
		default:
			x.line(one.Bytes(), n)
		}
	}
	if _, err := decoder.Token(); err != nil {
		c.lost("the array does not end: " + err.Error())
	}
	return nil
}

// firstOf is the first byte that is no space, which stays to be read.
func firstOf(in *bufio.Reader) (byte, error) {
	for {
		b, err := in.ReadByte()
		if err != nil {
			return 0, err
		}
		if b > ' ' {
			return b, in.UnreadByte()
		}
	}
}
