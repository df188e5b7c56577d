package cite

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"jobun/checker/law"
	"jobun/checker/law/lawxml"
	"jobun/checker/law/store"
	"jobun/internal/day"
)

// caption takes the caption that stands between an article and its paragraph or item:
// 第168条の2（不正指令電磁的記録作成等）第1項. Words that narrow the article are no caption.
func (r *placeReader) caption() string {
	end := closing(r.rest)
	if !strings.HasPrefix(r.rest, "(") || end < 0 {
		return ""
	}
	inside := r.rest[1:end]
	after := placeReader{rest: r.rest[end+1:]}
	if len([]rune(inside)) < 2 || narrowing.MatchString(inside) || after.paragraph() == 0 && after.item() == (law.Number{}) {
		return ""
	}
	r.rest = r.rest[end+1:]
	return inside
}

var narrowing = regexp.MustCompile(`を除|に限|を含|を準用|改正|以下|[0-9一二三四五六七八九十百千前次同各]+(?:条|項|号)|^[0-9〇一二三四五六七八九十百千イロハニホヘト]+$`)

// CheckCaption refuses a citation with a caption that is not its article's in the text of
// a day. Where no text is held, nobody here can say. The error is an *Error, or of the
// store.
func (r *Reader) CheckCaption(s *store.Store, c Citation, on day.Date) error {
	if c.Caption == "" || c.SupplOf != "" {
		return nil
	}
	article := law.Place{Suppl: c.Place.Suppl, Article: c.Place.Article}
	t, err := s.Text(c.LawID, on, article)
	if err != nil || t.Found != store.Provision {
		return err
	}
	d, err := s.Document(t.Revision.SHA256)
	if err != nil {
		return err
	}
	own := captionOf(d, t.Path)
	if own == c.Caption {
		return nil
	}
	return written(wrong(ErrPlace,
		fmt.Sprintf("「%s」は、%sの条文の%sの見出し%sではない", c.Caption, on, printed(article, law.JA), quoted(own)),
		fmt.Sprintf("%q is not the caption of %s in the text of %s, which is %q", c.Caption, printed(article, law.EN), on, own)), printed(article, law.JA)+"（"+c.Caption+"）")
}

// IsUnread reports whether an error is why a citation cannot be read, and not of the store.
func IsUnread(err error) bool {
	var unread *Error
	return errors.As(err, &unread)
}

// captionOf is the folded caption of an article. Articles that have one in common bear it
// only on the first.
func captionOf(d *lawxml.Document, path string) string {
	article, ok := d.FindPath(path)
	if !ok {
		return ""
	}
	common := ""
	for n := range d.Root.All() {
		if n.Tag != "Article" {
			continue
		}
		if caption := n.Caption(); caption != "" {
			common = fold(caption)
		}
		if n == article {
			return common
		}
	}
	return ""
}

func quoted(s string) string {
	if s == "" {
		return ""
	}
	return "「" + s + "」"
}
