package lawxml

import (
	"encoding/xml"
	"io"
	"strings"
)

// Write writes the tree as XML. What Read reads of it is the same tree; no
// character of text is lost or added.
func (d *Document) Write(w io.Writer) error {
	var b strings.Builder
	b.WriteString(xml.Header)
	if err := d.Root.write(&b); err != nil {
		return err
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (n *Node) write(b *strings.Builder) error {
	if n.Tag == "" {
		return xml.EscapeText(b, []byte(n.Chars))
	}
	b.WriteString("<" + n.Tag)
	for _, a := range n.Attr {
		b.WriteString(" " + a.Name + `="`)
		if err := xml.EscapeText(b, []byte(a.Value)); err != nil {
			return err
		}
		b.WriteString(`"`)
	}
	if len(n.Children) == 0 {
		b.WriteString("/>")
		return nil
	}
	b.WriteString(">")
	for _, c := range n.Children {
		if err := c.write(b); err != nil {
			return err
		}
	}
	b.WriteString("</" + n.Tag + ">")
	return nil
}
