package cite

import (
	"strings"

	"jobun/checker/law"
)

// ParseList reads citations that stand in one text: 刑法246条1項・2項, 電子署名法施行規則
// 6条1号、3号, 刑法38条及び同法66条. A piece that begins with a paragraph or an item is of
// the article, or paragraph, of the piece before it. A text that is one citation is a
// list of one; of a text that cannot be read, the error is that of the piece at fault.
func (r *Reader) ParseList(s string, in Context) ([]Citation, error) {
	whole, err := r.Parse(s, in)
	if err == nil {
		return []Citation{whole}, nil
	}
	pieces := split(s)
	if len(pieces) < 2 {
		return nil, err
	}
	var list []Citation
	for i, piece := range pieces {
		if i > 0 {
			before := list[i-1]
			in = Context{LawID: before.LawID, Place: before.Place}
			piece = joined(piece, before.Place)
		}
		c, err := r.Parse(piece, in)
		if err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, nil
}

// split takes a text apart where one citation ends and another begins.
func split(s string) []string {
	for _, mark := range []string{"並びに", "及び", "又は", "若しくは", "、", "，", "・", "／", "；"} {
		s = strings.ReplaceAll(s, mark, "\n")
	}
	var pieces []string
	for _, piece := range strings.Split(s, "\n") {
		if piece = strings.TrimSpace(piece); piece != "" {
			pieces = append(pieces, piece)
		}
	}
	return pieces
}

// joined puts what a piece leaves unsaid before it: 2項 is of the same article, 3号 of
// the same paragraph, 4条 of the same law.
func joined(piece string, before law.Place) string {
	r := placeReader{rest: fold(piece)}
	switch _, isParagraph := r.number("項"); {
	case isParagraph:
		return "同条" + piece
	case r.numbered("号") != (law.Number{}) && before.Paragraph > 0:
		return "同項" + piece
	case r.rest != fold(piece):
		return "同条" + piece
	case r.article() != (law.Number{}):
		return "同法" + piece
	default:
		return piece
	}
}
