package cite

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"jobun/checker/law"
	"jobun/internal/day"
)

// address reads an address at e-Gov, of the present site or of an old one.
func (r *Reader) address(s string) (Citation, error) {
	u, err := url.Parse(s)
	if err != nil {
		return Citation{}, wrong(ErrPlace, "URLではない", "it is no address")
	}
	host := u.Hostname()
	if host != "e-gov.go.jp" && !strings.HasSuffix(host, ".e-gov.go.jp") {
		return Citation{}, wrong(ErrPlace, "e-GovのURLではない", "it is no address at e-Gov")
	}
	var c Citation
	query := u.Query()
	for part := range strings.SplitSeq(u.Path, "/") {
		part = strings.TrimSuffix(strings.TrimSuffix(part, ".html"), ".htm")
		c.addressed(part)
	}
	for name, values := range query {
		if isIDName(name) {
			c.addressed(values[0])
		}
	}
	on := query.Get("asof")
	if on == "" && len(c.RevisionID) > 24 {
		on = c.RevisionID[16:20] + "-" + c.RevisionID[20:22] + "-" + c.RevisionID[22:24]
	}
	if d, err := day.ParseDate(on); err == nil {
		c.On = d
	}
	if c.LawID == "" {
		return Citation{}, wrong(ErrNoLaw, "URLに法令IDがない", "the address has no law id")
	}
	fragment := u.Fragment
	if fragment == "" {
		fragment = elements(query.Get("elm"))
	}
	if amending, rest, ok := strings.Cut(fragment, "-Sp"); ok && addressLaw.MatchString(amending) {
		if c.SupplOf = ActNumber(amending); c.SupplOf == "" {
			return Citation{}, notUnderstood(amending)
		}
		fragment = "Sp" + rest
	}
	c.Place, err = fragmentPlace(fragment)
	return c, err
}

// isIDName knows the names that a law's id has in queries of the old sites.
func isIDName(name string) bool {
	switch strings.ToLower(name) {
	case "lawid", "law_id", "law_unique_id":
		return true
	}
	return false
}

// addressed takes a part of an address that is the id of a law or of a text of one.
func (c *Citation) addressed(part string) {
	switch {
	case addressLaw.MatchString(part):
		c.LawID = part
	case addressRevision.MatchString(part):
		c.RevisionID = part
		if len(part) == 24 && c.LawID != "" { // {law id}/{day}_{amending law}
			c.RevisionID = c.LawID + "_" + part
		}
		c.LawID = c.RevisionID[:15]
	case addressOld.MatchString(part):
		c.LawID = oldID(part)
	}
}

// ActNumber is the number of an Act by its id at e-Gov: 平成24年法律第12号 for
// 424AC0000000012. It is empty for what is no Act.
func ActNumber(id string) string {
	eras := [...]string{"明治", "大正", "昭和", "平成", "令和"}
	if !addressLaw.MatchString(id) || id[0] < '1' || id[0] > '5' || id[3:5] != "AC" {
		return ""
	}
	year, ok1 := positive(id[1:3])
	number, ok2 := positive(strings.TrimLeft(id[8:], "0"))
	if !ok1 || !ok2 {
		return ""
	}
	return fmt.Sprintf("%s%d年法律第%d号", eras[id[0]-'1'], year, number)
}

var (
	addressLaw      = regexp.MustCompile(`^[0-9]{3}[0-9A-Z]{12}$`)
	addressRevision = regexp.MustCompile(`^([0-9]{3}[0-9A-Z]{12}_)?[0-9]{8}_[0-9A-Z]{15}$`)
	addressOld      = regexp.MustCompile(`^[MTSHR][0-9]{2}HO[0-9]{3}$`)
)

// oldID is the id of an Act in addresses of law.e-gov.go.jp: H11HO128.
func oldID(s string) string {
	era := strings.IndexByte("MTSHR", s[0]) + 1
	return fmt.Sprintf("%d%sAC0000000%s", era, s[1:3], s[5:])
}

// elements rewrites the API's elm as a fragment: MainProvision-Article_2.
func elements(elm string) string {
	return strings.NewReplacer("MainProvision", "Mp", "SupplProvision", "Sp", "Article", "At", "Paragraph", "Pr",
		"Subitem", "Si", "Item", "It", "[", "_", "]", "").Replace(elm)
}

// PathPlace reads the path of a unit, as the store has it: At_8-Pr_1-It_2.
func PathPlace(path string) (law.Place, bool) {
	p, err := fragmentPlace(path)
	return p, err == nil && !p.IsZero()
}

// fragmentPlace reads Mp-Ch_3-Se_1-At_6-Pr_1-It_3. An address of a whole law or
// chapter has no place.
func fragmentPlace(fragment string) (law.Place, error) {
	var p law.Place
	if fragment == "" {
		return p, nil
	}
	for part := range strings.SplitSeq(fragment, "-") {
		code, number, _ := strings.Cut(part, "_")
		n, ok := fragmentNumber(number)
		switch code {
		case "Mp", "Pa", "Ch", "Se", "Ss", "Di":
			continue
		case "Sp":
			p.Suppl = true
			continue
		case "At":
			p.Article = n
		case "Pr":
			p.Paragraph = n[0]
		case "It":
			p.Item = n
		case "Si1":
			p.Letter = n[0]
		case "Si2":
			p.Sub = n[0]
		default:
			return p, notUnderstood(part)
		}
		if !ok {
			return p, wrong(ErrPlace, "「"+shortened(part)+"」に番号がない", fmt.Sprintf("%q has no number", shortened(part)))
		}
	}
	return p, nil
}

func fragmentNumber(s string) (law.Number, bool) {
	var n law.Number
	parts := strings.Split(s, "_")
	if len(parts) > len(n) {
		return n, false
	}
	for i, part := range parts {
		v, ok := positive(part)
		if !ok {
			return law.Number{}, false
		}
		n[i] = v
	}
	return n, true
}
