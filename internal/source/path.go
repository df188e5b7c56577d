package source

import (
	"strconv"
	"strings"
)

// Join is the path of a key inside a table. The path of the whole file is "". A key with
// anything but letters A to Z, digits, hyphens and underscores is put in quotes.
func Join(path, key string) string {
	if !isBare(key) {
		key = strconv.Quote(key)
	}
	if path == "" {
		return key
	}
	return path + "." + key
}

// Index is the path of a member of a list, counted from 0.
func Index(path string, i int) string {
	return path + "[" + strconv.Itoa(i) + "]"
}

func isBare(key string) bool {
	for i := range len(key) {
		c := key[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-') {
			return false
		}
	}
	return key != ""
}

// step is one part of a path: a key, or the number of a list member.
type step struct {
	key   string
	index int // -1 for a key
}

// nextStep takes the first step off a path. It is lenient about what need not be quoted.
func nextStep(path string) (s step, rest string, ok bool) {
	path = strings.TrimPrefix(path, ".")
	switch {
	case path == "":
		return step{}, "", false
	case path[0] == '[':
		number, rest, closed := strings.Cut(path[1:], "]")
		i, err := strconv.Atoi(number)
		return step{index: i}, rest, closed && err == nil && i >= 0
	case path[0] == '"':
		quoted, err := strconv.QuotedPrefix(path)
		if err != nil {
			return step{}, "", false
		}
		key, err := strconv.Unquote(quoted)
		return step{key: key, index: -1}, path[len(quoted):], err == nil
	}
	end := strings.IndexAny(path, ".[")
	if end < 0 {
		end = len(path)
	}
	return step{key: path[:end], index: -1}, path[end:], true
}
