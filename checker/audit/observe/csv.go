package observe

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// hasColumns knows a CSV file by the names in its first line.
func hasColumns(names ...string) func([]byte) bool {
	return func(head []byte) bool {
		line, rest, _ := strings.Cut(string(plainHead(head)), "\n")
		if strings.HasPrefix(line, exportedType) {
			line, _, _ = strings.Cut(rest, "\n")
		}
		for _, name := range names {
			if !strings.Contains(line, name) {
				return false
			}
		}
		return strings.Contains(line, ",")
	}
}

// exportedType starts the line that Export-Csv of Windows PowerShell writes before the
// names of the columns.
const exportedType = "#TYPE "

// row is a line of a table, by the names of its columns.
type row struct {
	columns map[string]int
	fields  []string
	line    int
}

func (r row) get(name string) string {
	if i, ok := r.columns[name]; ok && i < len(r.fields) {
		return r.fields[i]
	}
	return ""
}

// rows gives each row of a table to visit. A row of another length than the first is
// counted and passed over: a cell too few or too many would shift the others.
func (c *collector) rows(r io.Reader, visit func(row)) error {
	m := &meter{in: utf8Reader(r), most: mostRow}
	table := csv.NewReader(m)
	table.FieldsPerRecord, table.ReuseRecord = -1, true
	columns := map[string]int{}
	width := 0
	for {
		m.since = 0
		fields, err := table.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		var parse *csv.ParseError
		if errors.As(err, &parse) && !errors.Is(err, errRow) {
			c.bad(parse.Line, parse.Err.Error())
			continue
		}
		if err != nil {
			return err
		}
		line, _ := table.FieldPos(0)
		switch {
		case width == 0 && strings.HasPrefix(fields[0], exportedType):
		case width == 0:
			width = len(fields)
			for i, name := range fields {
				columns[strings.TrimSpace(name)] = i
			}
		case len(fields) != width:
			c.bad(line, fmt.Sprintf("a row of %d cells in a table of %d", len(fields), width))
		default:
			visit(row{columns, fields, line})
		}
	}
}

// mostRow is how long a row may be. A row of nothing but commas is held as so many cells.
const mostRow = 1 << 20

var errRow = errors.New("a row of more than 1 MiB")

// meter refuses to read on inside one row for ever.
type meter struct {
	in    io.Reader
	since int
	most  int
}

func (m *meter) Read(p []byte) (int, error) {
	if m.since > m.most {
		return 0, errRow
	}
	n, err := m.in.Read(p)
	m.since += n
	return n, err
}
