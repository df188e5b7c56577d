package lawxml

import (
	"strconv"
	"strings"

	"jobun/checker/law"
)

// Unit is an article, paragraph, item or what lies below, as a slice of the
// texts of the whole document.
type Unit struct {
	Path       string // At_168_2-Pr_1-It_1; Sp-At_1 in 附則, Sp[平成…号]-At_1 in that of an amending law
	Article    string // At_168_2: the unit's article; empty if it is in none
	In         string // Pa_2-Ch_19_2: where the article stands
	Tag        string // Article, Paragraph, Item, Subitem1, ...
	Paragraphs int    // of the article that the unit is or lies in
	Deleted    bool   // 削除
	Range      bool   // several numbers in one element, 第七十三条から第七十六条まで
	Norm, Show Slice
}

// Slice is where a unit's text lies in a text, in bytes.
type Slice struct{ From, To int }

// Layout is the texts of a document with the place of every unit in them.
type Layout struct {
	Norm, Show string
	Units      []Unit // in the order of the document
}

// Layout writes the texts of the whole law at once.
func (d *Document) Layout() Layout {
	w := writer{note: true}
	w.node(d.Root, unitAt{})
	return Layout{Norm: w.norm.String(), Show: w.show.String(), Units: w.units}
}

// unitAt is where in the numbering an element lies.
type unitAt struct {
	suppl      string   // Sp- or Sp[…]-
	in         string   // Pa_2-Ch_19_2
	article    string   // At_168_2
	paths      []string // of the unit itself: more than one for a range
	paragraphs int
	isRange    bool
	quoted     bool // inside provisions that an amending law quotes, or a table
}

// maxRange is the most numbers that one element may stand for.
const maxRange = 500

// enter is where the children of an element lie, and whether it is a unit.
func (at unitAt) enter(n *Node) (unitAt, bool) {
	if at.quoted {
		return at, false
	}
	if holdsOther(n.Tag) {
		at.quoted = true
		return at, false
	}
	switch n.Tag {
	case "SupplProvision":
		at.suppl = supplementary(n)
		return at, false
	case "Part", "Chapter", "Section", "Subsection", "Division":
		code := map[string]string{"Part": "Pa", "Chapter": "Ch", "Section": "Se", "Subsection": "Ss", "Division": "Di"}[n.Tag]
		at.in = strings.TrimPrefix(at.in+"-"+code+"_"+n.Get("Num"), "-")
		return at, false
	}
	code := unitCode(n.Tag)
	if code == "" {
		return at, false
	}
	numbers, isRange := n.numbers()
	if len(numbers) == 0 {
		return at, false
	}
	if n.Tag == "Article" {
		at.paths, at.article, at.paragraphs = nil, at.suppl+code+numbers[0], n.count("Paragraph")
	}
	at.isRange = at.isRange || isRange
	var paths []string
	for _, number := range numbers {
		if len(at.paths) == 0 {
			paths = append(paths, at.suppl+code+number)
		}
		for _, path := range at.paths {
			paths = append(paths, path+"-"+code+number)
		}
	}
	if len(paths) > maxRange {
		paths = paths[:maxRange]
	}
	at.paths = paths
	return at, true
}

// holdsOther reports whether what is numbered inside an element is no provision
// of the law: provisions that an amending law quotes, tables, 別表, remarks.
func holdsOther(tag string) bool {
	switch tag {
	case "NewProvision", "AmendProvision", "Table", "QuoteStruct", "TOC", "Preamble", "List", "Remarks":
		return true
	}
	return strings.HasSuffix(tag, "Struct") || strings.HasPrefix(tag, "Appdx") || strings.HasPrefix(tag, "SupplProvisionAppdx")
}

// supplementary is how the paths of a supplementary provision begin.
func supplementary(n *Node) string {
	if by := n.Get("AmendLawNum"); by != "" {
		return AmendingPath(by, "Sp-")
	}
	return "Sp-"
}

// AmendingPath is the path that a place of 附則, Sp-At_1, has in the supplementary
// provisions of an amending law, whose number is written as the text writes it:
// Sp[平成…号]-At_1.
func AmendingPath(number, path string) string {
	return "Sp[" + number + "]" + strings.TrimPrefix(path, "Sp")
}

// unitCode is e-Gov's code for a level, with its underscore.
func unitCode(tag string) string {
	switch tag {
	case "Article":
		return "At_"
	case "Paragraph":
		return "Pr_"
	case "Item":
		return "It_"
	}
	if level, ok := strings.CutPrefix(tag, "Subitem"); ok && len(level) > 0 && len(level) <= 2 && strings.Trim(level, "0123456789") == "" {
		return "Si" + level + "_"
	}
	return ""
}

// numbers lists the numbers that an element stands for, as written in paths.
func (n *Node) numbers() (numbers []string, isRange bool) {
	first, last, ok := n.Number()
	switch {
	case !ok:
		return nil, false
	case last == (law.Number{}):
		return []string{underscored(first)}, false
	}
	// Only the innermost number runs: 27の2から27の7まで.
	i := len(first) - 1
	for i > 0 && first[i] == 0 && last[i] == 0 {
		i--
	}
	same := first
	same[i] = last[i]
	if same != last || last[i] < first[i] || last[i]-first[i] >= maxRange {
		return []string{underscored(first), underscored(last)}, true
	}
	for v := first[i]; v <= last[i]; v++ {
		same[i] = v
		numbers = append(numbers, underscored(same))
	}
	return numbers, true
}

func underscored(n law.Number) string { return strings.ReplaceAll(n.String(), "-", "_") }

func (n *Node) count(tag string) int {
	count := 0
	for _, c := range n.Children {
		if c.Tag == tag {
			count++
		}
	}
	return count
}

type textPlace struct{ norm, show int }

// place is where the next text will be written.
func (w *writer) place() textPlace { return textPlace{w.norm.Len(), w.show.Len()} }

// unit notes a unit that began at a place and ends here.
func (w *writer) unit(n *Node, at unitAt, start textPlace) {
	end := w.place()
	show := w.show.String()[start.show:end.show]
	start.show += len(show) - len(strings.TrimLeft(show, "\n　｜"))
	u := Unit{
		Article: at.article, In: at.in, Tag: n.Tag, Paragraphs: at.paragraphs, Range: at.isRange,
		Norm: Slice{start.norm, end.norm}, Show: Slice{min(start.show, end.show), end.show},
	}
	u.Deleted = n.Get("Delete") == "true" || w.norm.String()[start.norm:end.norm] == "削除"
	for _, path := range at.paths {
		u.Path = path
		w.units = append(w.units, u)
	}
}

// Path is how a place is written in the paths of units. An item stands in
// paragraph 1 even where the article has one paragraph and no citation names it.
func Path(p law.Place) string {
	var parts []string
	if p.Article != (law.Number{}) {
		parts = append(parts, "At_"+underscored(p.Article))
	}
	if p.Paragraph == 0 && p.Item != (law.Number{}) {
		p.Paragraph = 1
	}
	if p.Paragraph != 0 {
		parts = append(parts, "Pr_"+strconv.Itoa(p.Paragraph))
	}
	if p.Item != (law.Number{}) {
		parts = append(parts, "It_"+underscored(p.Item))
	}
	if p.Letter != 0 {
		parts = append(parts, "Si1_"+strconv.Itoa(p.Letter))
	}
	if p.Sub != 0 {
		parts = append(parts, "Si2_"+strconv.Itoa(p.Sub))
	}
	path := strings.Join(parts, "-")
	if p.Suppl {
		return strings.TrimSuffix("Sp-"+path, "-")
	}
	return path
}

// Find is the element of a place. A place in 附則 is one in the law's own, not
// in those of the laws that amended it. Sections of instruments are in no law.
func (d *Document) Find(p law.Place) (*Node, bool) {
	if p.Section != "" || p.IsZero() {
		return nil, false
	}
	return d.FindPath(Path(p))
}

// FindPath is the element of a path as units have it; also of Sp and Sp[…], which are
// 附則 as a whole.
func (d *Document) FindPath(path string) (*Node, bool) {
	if !strings.HasPrefix(path, "Sp") {
		return find(d.Main(), unitAt{}, path)
	}
	for _, n := range d.Supplementary() {
		prefix := supplementary(n)
		if path+"-" == prefix {
			return n, true
		}
		if strings.HasPrefix(path, prefix) {
			if found, ok := find(n, unitAt{}, path); ok {
				return found, true
			}
		}
	}
	return nil, false
}

// find looks for a path under a node, and does not enter units that it is not in.
func find(n *Node, at unitAt, path string) (*Node, bool) {
	if n == nil {
		return nil, false
	}
	at, unit := at.enter(n)
	if at.quoted {
		return nil, false
	}
	if unit {
		inside := false
		for _, p := range at.paths {
			if p == path {
				return n, true
			}
			inside = inside || strings.HasPrefix(path, p+"-")
		}
		if !inside {
			return nil, false
		}
	}
	for _, c := range n.Children {
		if c.Tag == "" || c.Tag == "Sentence" {
			continue
		}
		if found, ok := find(c, at, path); ok {
			return found, true
		}
	}
	return nil, false
}
