package law

import (
	"strings"

	"jobun/internal/day"
)

// Version is one text of a law, from a day until another. A version begins when
// the main provisions change, even if the articles a rule cites do not; an
// amendment of supplementary provisions alone begins none.
type Version struct {
	From  day.Date // the first day in force; zero: from the beginning
	Until day.Date // the first day no longer in force; zero: still in force
	By    Text     // the amending law's number: 平成24年法律第12号; empty for the first version
	Title string   // the amending law's Japanese title, where it is known
	Note  Text     // what a reader of a citation should know
	Basis string   // how the dates are known
	Grade Grade
}

// Grade is how well a version is known. The zero Grade is the honest answer:
// not verified.
type Grade int

// The grades of a version.
const (
	Unverified    Grade = iota // dates from general knowledge only
	Unlisted                   // in force throughout, but amendments inside it are not listed one by one
	Reconstructed              // dates sourced; the text was put together again from amending laws
	Verified                   // dates read in an official text or revision table
)

// String is the grade's name in law files.
func (g Grade) String() string {
	switch g {
	case Unlisted:
		return "unlisted"
	case Reconstructed:
		return "reconstructed"
	case Verified:
		return "verified"
	default:
		return "unverified"
	}
}

// AmendedBy reports whether a law number, 平成24年法律第12号, is that of an amending law
// that the version is by. Several laws may have amended on one day.
func (v Version) AmendedBy(number string) bool {
	for by := range strings.SplitSeq(v.By.Ja, "、") {
		if by == number {
			return true
		}
	}
	return false
}

// VersionOn is the version in force on a day. It is false before the law came
// into force and after its repeal. Of days in Asia/Tokyo, From is the first
// and Until is no longer one.
func (l *Law) VersionOn(on day.Date) (Version, bool) {
	for _, v := range l.Versions {
		if within(on, v.From, v.Until) {
			return v, true
		}
	}
	return Version{}, false
}

// VersionsOn lists the versions in force on some day of a span, oldest first:
// more than one where an uncertain date or continuing conduct crosses an
// amendment.
func (l *Law) VersionsOn(span day.Span) []Version {
	var versions []Version
	for _, v := range l.Versions {
		if span.Overlaps(v.From, v.Until) {
			versions = append(versions, v)
		}
	}
	return versions
}

// within reports whether a day lies from one day until another, until excluded.
// Zero bounds are open.
func within(on, from, until day.Date) bool {
	return !on.Before(from) && (until.IsZero() || on.Before(until))
}
