package listing

import (
	"regexp"
	"slices"
	"strings"
)

// certutil -store NAME and certutil -store -user NAME, console text:
//
//	My "個人"
//	================ 証明書 0 ================
//	シリアル番号: 0011…
//	発行者: CN=…
//	 この日以降: 2026/04/10 9:00
//	 この日まで: 2027/04/10 9:00
//	サブジェクト: CN=…
//	証明書のハッシュ(sha1): aabb…
//
// (Microsoft's certutil page; published English and German outputs, and some labels of Japanese ones.) Labels
// are localised: the number, issuer and subject are read by their order and by the
// two indented dates between issuer and subject, the thumbprint by "(sha1)".
//
// Limits. The output does not say whether the store is the user's or the machine's:
// only the command does. Lists of revoked or trusted certificates are passed over.
// The dates are local, without zone, in the machine's form, and are not read. With
// -v the subject is not read.

var (
	certStart  = regexp.MustCompile(`^={10,} (\S.*) (\d+) ={10,}$`)
	certHash   = regexp.MustCompile(`(?i)\(sha1\): *([0-9a-f](?: ?[0-9a-f]){39})$`)
	certStore  = regexp.MustCompile(`^(\S.*?) ?"(.*)"$`)
	certSerial = regexp.MustCompile(`(?i)^[0-9a-f]{2,40}$`)
)

func isCertutil(s section) bool {
	return slices.ContainsFunc(s.lines, func(l line) bool { return certStart.MatchString(l.text) }) ||
		len(s.args("certutil")) > 0 && s.hasFlag("-store")
}

func (r *reader) certutil(s section) {
	r.format("certutil -store")
	store, origin := "", Origin{}
	var block []line
	flush := func() {
		if len(block) > 0 {
			r.certificate(s, store, block)
		}
		block = nil
	}
	for _, l := range s.lines {
		m := certStore.FindStringSubmatch(l.text)
		switch {
		case certStart.MatchString(l.text):
			flush()
			block = []line{l}
		case m != nil && !strings.Contains(l.text, ": ") && !l.indented() && len(l.text) < 300:
			flush()
			store, origin = m[1], r.take(l)
		case l.blank():
			if len(block) > 1 {
				flush()
			}
		case block != nil:
			block = append(block, l)
		case strings.HasPrefix(l.text, "CertUtil:"):
			r.take(l)
		}
	}
	flush()
	if store != "" && !s.open && r.certutilDone(s) {
		r.cover(Coverage{Kind: Certificate, Scope: storeID(s, store), Origin: origin})
	}
}

// certutilDone reports whether the closing line is there: "CertUtil: -store …", with
// the words for success and without a number of an error.
func (r *reader) certutilDone(s section) bool {
	for i := len(s.lines) - 1; i >= 0; i-- {
		if s.lines[i].blank() {
			continue
		}
		r.take(s.lines[i])
		text := s.lines[i].text
		if strings.HasPrefix(text, "CertUtil:") && !strings.Contains(text, "0x8") && !strings.Contains(text, "0x0") {
			return true
		}
		r.lose(s.lines[i].no, "the closing line of certutil is missing: the list may be cut")
		return false
	}
	return false
}

// storeID folds where a store is and its name; where is "" if nothing says so.
func storeID(s section, store string) string {
	return certPlace(s) + `\` + fold(store)
}

func certPlace(s section) string {
	switch {
	case len(s.words()) == 0:
		return ""
	case s.hasFlag("-user"):
		return "user"
	}
	return "machine"
}

func (r *reader) certificate(s section, store string, block []line) {
	e := Entity{Kind: Certificate, Origin: r.take(block[0])}
	issuer, subject, serial, hash := "", "", "", ""
	dates := 0
	for _, l := range block[1:] {
		origin := r.take(l)
		if m := certHash.FindStringSubmatch(l.text); m != nil {
			hash = fold(strings.ReplaceAll(m[1], " ", ""))
			e.Origin = origin
			continue
		}
		_, value, ok := strings.Cut(l.text, ":")
		value = strings.TrimSpace(value)
		switch {
		case !ok:
		case l.indented():
			dates++
		case serial == "" && certSerial.MatchString(value):
			serial = fold(value)
		case issuer == "" && dates == 0 && value != "":
			issuer = value
		case subject == "" && dates == 2:
			subject = value
			dates = 3
		}
	}
	if hash == "" {
		if serial != "" {
			r.lose(block[0].no, "a certificate without its thumbprint: it may be cut")
		}
		return // a list of revoked or trusted certificates
	}
	if store == "" {
		e.Caveats = append(e.Caveats, "the listing does not name the store")
	}
	if certPlace(s) == "" {
		e.Caveats = append(e.Caveats, "the listing does not say whether the store is the user's or the machine's")
	}
	e.Name, e.scope = hash, storeID(s, store)
	e.id = e.scope + `\` + hash
	e.Facts = facts(e.Origin, "issuer", issuer, "place", certPlace(s), "serial", serial, "store", store,
		"subject", subject, "thumbprint", hash)
	r.add(e)
}
