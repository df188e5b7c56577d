package cite

import (
	"errors"
	"fmt"

	"jobun/checker/law"
)

// The reasons for which a citation cannot be read, for errors.Is.
var (
	ErrNoLaw   = errors.New("it names no law that is known")
	ErrPlace   = errors.New("it is no place in a law")
	ErrUnclear = errors.New("more than one law goes by the name")
	ErrNumber  = errors.New("the law's name and its number do not belong together")
)

// Error is why a citation cannot be read, in both languages.
type Error struct {
	Kind    error    // one of the reasons above
	Written string   // the citation, or so much of it as is shown
	Says    law.Text // what is wrong with it
}

// Error says it in English.
func (e *Error) Error() string { return e.In(law.EN) }

// Unwrap is the reason.
func (e *Error) Unwrap() error { return e.Kind }

// In says in a language which citation cannot be read, and why.
func (e *Error) In(lang law.Lang) string {
	says := e.Says.In(lang)
	if lang == law.EN {
		if says != "" {
			says = ": " + says
		}
		return fmt.Sprintf("read the citation %q: %v%s", e.Written, e.Kind, says)
	}
	reason := map[error]string{
		ErrNoLaw: "知られた法令の名がありません", ErrPlace: "法令の箇所として読めません",
		ErrUnclear: "その名の法令が二つ以上あります", ErrNumber: "法令の名と番号が合いません",
	}[e.Kind]
	if says != "" {
		says = "（" + says + "）"
	}
	return fmt.Sprintf("引用「%s」: %s%s", e.Written, reason, says)
}

// wrong makes an error of a reason; Parse adds what was written.
func wrong(kind error, ja, en string) error {
	return &Error{Kind: kind, Says: law.Text{Ja: ja, En: en}}
}

// notUnderstood is the error of a piece that is no part of a place.
func notUnderstood(piece string) error {
	piece = shortened(piece)
	return wrong(ErrPlace, "「"+piece+"」の部分", fmt.Sprintf("%q is not understood", piece))
}
