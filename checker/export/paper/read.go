package paper

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"path/filepath"
	"regexp"
	"strings"

	"jobun/checker/export/docx"
)

// Format is the form of a file.
type Format string

// The formats, by the ends of file names.
const (
	DOCXFormat     Format = ".docx"
	HTMLFormat     Format = ".html"
	MarkdownFormat Format = ".md"
	TextFormat     Format = ".txt"
)

// FormatOf tells the format of a file by its name; "" where it is none of a paper.
func FormatOf(name string) Format {
	switch ext := Format(strings.ToLower(filepath.Ext(name))); ext {
	case DOCXFormat, HTMLFormat, MarkdownFormat, TextFormat:
		return ext
	case ".htm":
		return HTMLFormat
	default:
		return ""
	}
}

// Geometries names the geometries of a DOCX page, as in settings.
func Geometries() map[string]Geometry {
	return map[string]Geometry{"report": docx.Report, "court": docx.Court}
}

// PlainWidth is how wide plain text is set, in cells: 37 characters of Japanese, as
// courts ask.
const PlainWidth = 74

// Write writes a paper in a format.
func (p *Paper) Write(w io.Writer, f Format) error {
	switch f {
	case DOCXFormat:
		return p.DOCX(w, Geometries()[p.Made.Settings["geometry"]])
	case HTMLFormat:
		return p.HTML(w)
	case MarkdownFormat:
		return p.Markdown(w)
	case TextFormat:
		return p.PlainText(w, PlainWidth)
	default:
		return fmt.Errorf("%q is no format of a paper", f)
	}
}

// ErrNothingCarried says that a file does not carry the paper that it was made of:
// plain text never does, and a word processor may have dropped it.
var ErrNothingCarried = errors.New("the file does not carry the paper that it was made of")

// Carried gives the paper that a file carries.
func Carried(f Format, data []byte) (*Paper, error) {
	text := ""
	switch f {
	case DOCXFormat:
		part, err := zipPart(data, docx.DataPart)
		if err != nil {
			return nil, err
		}
		text = xmlText(part)
	case HTMLFormat:
		text = between(string(data), htmlModelBegins, `</script>`)
	case MarkdownFormat:
		text = between(string(data), modelBegins, modelEnds)
	}
	if text == "" {
		return nil, ErrNothingCarried
	}
	return fromModel(text)
}

// between is what stands between the last beginning and the end after it.
func between(text, begins, ends string) string {
	i := strings.LastIndex(text, begins)
	if i < 0 {
		return ""
	}
	inside, _, found := strings.Cut(text[i+len(begins):], ends)
	if !found {
		return ""
	}
	return inside
}

// Visible gives the text that a reader of a file sees, line by line: without spaces at
// the ends, empty lines, page numbers and the table of contents, which word processors
// work out anew.
func Visible(f Format, data []byte) ([]string, error) {
	switch f {
	case DOCXFormat:
		var lines []string
		for _, name := range []string{"word/document.xml", "word/footnotes.xml", "word/header1.xml", "word/footer1.xml"} {
			part, err := zipPart(data, name)
			if err != nil {
				return nil, err
			}
			lines = append(lines, wordLines(part)...)
		}
		return lines, nil
	case HTMLFormat:
		return htmlLines(string(data)), nil
	default:
		text := string(data)
		if i := strings.LastIndex(text, modelBegins); i >= 0 {
			text = text[:i]
		}
		return textLines(text), nil
	}
}

func textLines(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

var (
	notShown = regexp.MustCompile(`(?s)<script.*?</script>|<style.*?</style>|<head>.*?</head>`)
	blockTag = regexp.MustCompile(`</?(p|h[1-6]|li|ul|ol|tr|td|th|table|section|blockquote|div|nav|header|footer|main|br)\b[^>]*>`)
	anyTag   = regexp.MustCompile(`<[^>]*>`)
)

func htmlLines(text string) []string {
	text = notShown.ReplaceAllString(text, "\n")
	text = blockTag.ReplaceAllString(text, "\n")
	return textLines(html.UnescapeString(anyTag.ReplaceAllString(text, "")))
}

// maxPart bounds a part of a package as it is unpacked.
const maxPart = 256 << 20

// zipPart unpacks one file of a package; a package without it gives nothing.
func zipPart(data []byte, name string) ([]byte, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("open the document: %w", err)
	}
	f, err := z.Open(name)
	if err != nil {
		return nil, nil //nolint:nilerr // a part may be missing
	}
	defer f.Close()
	part, err := io.ReadAll(io.LimitReader(f, maxPart+1))
	if err != nil {
		return nil, fmt.Errorf("read %s of the document: %w", name, err)
	}
	if len(part) > maxPart {
		return nil, fmt.Errorf("read %s of the document: it is larger than %d bytes", name, maxPart)
	}
	return part, nil
}

// xmlText is all character data of a part.
func xmlText(part []byte) string {
	var b strings.Builder
	decoder := xml.NewDecoder(bytes.NewReader(part))
	for {
		token, err := decoder.Token()
		if err != nil {
			return b.String()
		}
		if text, ok := token.(xml.CharData); ok {
			b.Write(text)
		}
	}
}

// wordLines are the paragraphs of a part of a word-processing document.
func wordLines(part []byte) []string {
	var lines []string
	var b strings.Builder
	isText, isContents, fields := false, false, 0
	decoder := xml.NewDecoder(bytes.NewReader(part))
	for {
		token, err := decoder.Token()
		if err != nil {
			return lines
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "p":
				isContents = false
			case "pStyle":
				isContents = strings.HasPrefix(attribute(t, "val"), "TOC")
			case "t":
				isText = fields == 0
			case "fldSimple":
				fields++
			case "br", "tab":
				b.WriteByte(' ')
			}
		case xml.CharData:
			if isText {
				b.Write(t)
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "t":
				isText = false
			case "fldSimple":
				fields--
			case "p":
				if line := strings.TrimSpace(b.String()); line != "" && !isContents {
					lines = append(lines, line)
				}
				b.Reset()
			}
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
