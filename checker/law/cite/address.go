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
		return Citation{}, fmt.Errorf("%w: it is no address", ErrPlace)
	}
	host := u.Hostname()
	if host != "e-gov.go.jp" && !strings.HasSuffix(host, ".e-gov.go.jp") {
		return Citation{}, fmt.Errorf("%w: it is no address at e-Gov", ErrPlace)
	}
	var c Citation
	query := u.Query()
	for part := range strings.SplitSeq(u.Path, "/") {
		part = strings.TrimSuffix(strings.TrimSuffix(part, ".html"), ".htm")
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
	if id := query.Get("lawid"); addressLaw.MatchString(id) {
		c.LawID = id
	}
	on := query.Get("asof")
	if on == "" && len(c.RevisionID) > 24 {
		on = c.RevisionID[16:20] + "-" + c.RevisionID[20:22] + "-" + c.RevisionID[22:24]
	}
	if d, err := day.ParseDate(on); err == nil {
		c.On = d
	}
	if c.LawID == "" {
		return Citation{}, ErrNoLaw
	}
	fragment := u.Fragment
	if fragment == "" {
		fragment = elements(query.Get("elm"))
	}
	c.Place, err = fragmentPlace(fragment)
	return c, err
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
			return p, fmt.Errorf("%w: %q is not understood", ErrPlace, shortened(part))
		}
		if !ok {
			return p, fmt.Errorf("%w: %q has no number", ErrPlace, shortened(part))
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
