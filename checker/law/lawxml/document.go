package lawxml

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"jobun/internal/day"
)

// newDocument reads what the Law element says of the law.
func newDocument(root *Node) (*Document, error) {
	d := &Document{Root: root, LawType: root.Get("LawType")}
	if d.Body() == nil {
		return nil, errors.New("the Law element has no LawBody")
	}
	if n := root.Child("LawNum"); n != nil {
		d.LawNum = strings.TrimSpace(n.base())
	}
	if title := d.Body().Child("LawTitle"); title != nil {
		d.Title = strings.TrimSpace(title.base())
		d.Kana = title.Get("Kana")
		d.Abbrev = abbreviations(title.Get("Abbrev"))
	}
	d.Promulgated = promulgated(root)
	return d, nil
}

// Numbers are the numbers that the file gives to its law: what LawNum says, and what the
// attributes of Law do, of the kinds of law whose numbers need no name of a ministry.
// The second is in Arabic figures.
func (d *Document) Numbers() []string {
	var numbers []string
	if d.LawNum != "" {
		numbers = append(numbers, d.LawNum)
	}
	era := map[string]string{"Meiji": "明治", "Taisho": "大正", "Showa": "昭和", "Heisei": "平成", "Reiwa": "令和"}[d.Root.Get("Era")]
	kind := map[string]string{"Act": "法律", "CabinetOrder": "政令", "ImperialOrder": "勅令"}[d.LawType]
	year, err1 := strconv.Atoi(d.Root.Get("Year"))
	number, err2 := strconv.Atoi(d.Root.Get("Num"))
	if era == "" || kind == "" || err1 != nil || err2 != nil {
		return numbers
	}
	return append(numbers, fmt.Sprintf("%s%d年%s第%d号", era, year, kind, number))
}

// abbreviations parts e-Gov's list of short titles. The comma 、 stands within
// some of them.
func abbreviations(s string) []string {
	var names []string
	for name := range strings.SplitSeq(s, ",") {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// promulgated is the day that the attributes of Law give.
func promulgated(root *Node) day.Date {
	first, known := map[string]int{"Meiji": 1867, "Taisho": 1911, "Showa": 1925, "Heisei": 1988, "Reiwa": 2018}[root.Get("Era")]
	year, err1 := strconv.Atoi(root.Get("Year"))
	month, err2 := strconv.Atoi(root.Get("PromulgateMonth"))
	dayOfMonth, err3 := strconv.Atoi(root.Get("PromulgateDay"))
	d := day.Date{Year: first + year, Month: month, Day: dayOfMonth}
	if !known || err1 != nil || err2 != nil || err3 != nil || !d.Valid() {
		return day.Date{}
	}
	return d
}

// wrapped reads what an answer of the API in XML says around the law.
func (d *Document) wrapped(root, lawNode *Node) {
	said := map[string]string{}
	var walk func(n *Node)
	walk = func(n *Node) {
		if n == lawNode {
			return
		}
		if len(n.Children) == 1 && n.Children[0].Tag == "" {
			if _, twice := said[n.Tag]; !twice {
				said[n.Tag] = strings.TrimSpace(n.Children[0].Chars)
			}
		}
		for _, c := range n.Children {
			walk(c)
		}
	}
	walk(root)
	get := func(names ...string) string {
		for _, name := range names {
			if said[name] != "" {
				return said[name]
			}
		}
		return ""
	}
	d.said(LawInfo{ID: get("law_id", "LawId"), Promulgated: get("promulgation_date")}, RevisionInfo{
		ID: get("law_revision_id"), Enforced: get("amendment_enforcement_date"), By: get("amendment_law_id"),
		ByTitle: get("amendment_law_title"), Status: get("current_revision_status"),
	})
}

// said takes over what an answer of the API says around the law.
func (d *Document) said(l LawInfo, r RevisionInfo) {
	d.LawID, d.RevisionID, d.AmendedBy, d.AmendTitle, d.Status = l.ID, r.ID, r.By, r.ByTitle, r.Status
	if date, err := day.ParseDate(r.Enforced); err == nil {
		d.InForce = date
	}
	if date, err := day.ParseDate(l.Promulgated); err == nil && d.Promulgated.IsZero() {
		d.Promulgated = date
	}
}
