package egov

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"jobun/checker/law/lawxml"
)

// Revisions asks for the table of a law's revisions, unless it is still the one of
// an ETag.
func (c *Client) Revisions(ctx context.Context, lawID, etag string) (Answer, error) {
	if !lawIDForm.MatchString(lawID) {
		return Answer{}, fmt.Errorf("%w: %q is no law id", ErrNotFound, lawID)
	}
	return c.get(ctx, "/law_revisions/"+lawID, url.Values{"response_format": {"json"}}, etag, func(body []byte) error { return checkTable(body, lawID) })
}

// Data asks for a text with what is said of it, in XML.
func (c *Client) Data(ctx context.Context, revisionID, etag string) (Answer, error) {
	if !revisionForm.MatchString(revisionID) {
		return Answer{}, fmt.Errorf("%w: %q is no id of a text", ErrNotFound, revisionID)
	}
	query := url.Values{"response_format": {"xml"}, "law_full_text_format": {"xml"}}
	return c.get(ctx, "/law_data/"+revisionID, query, etag, func(body []byte) error { return checkText(body, revisionID) })
}

var (
	lawIDForm    = regexp.MustCompile(`^[0-9]{3}[0-9A-Z]{12}$`)
	revisionForm = regexp.MustCompile(`^[0-9]{3}[0-9A-Z]{12}_[0-9]{8}_[0-9A-Z]{15}$`)
)

// checkText refuses an answer that is no law, or another one than was asked for.
func checkText(body []byte, revisionID string) error {
	if err := noPage(body); err != nil {
		return err
	}
	d, err := lawxml.ReadAny(body, lawxml.DefaultLimits())
	if err != nil {
		return err
	}
	if d.RevisionID != "" && d.RevisionID != revisionID {
		return fmt.Errorf("it is the text %s, asked was %s", d.RevisionID, revisionID)
	}
	if lawID, _, _ := strings.Cut(revisionID, "_"); d.LawID != "" && d.LawID != lawID {
		return fmt.Errorf("it is a text of %s, asked was %s", d.LawID, revisionID)
	}
	return nil
}

// noPage refuses a web page, as some networks put before their own sign-in.
func noPage(body []byte) error {
	head := strings.ToLower(strings.TrimSpace(string(body[:min(len(body), 200)])))
	if strings.HasPrefix(head, "<!doctype html") || strings.HasPrefix(head, "<html") {
		return errors.New("it is a web page, not an answer of the API: does the network want a sign-in?")
	}
	return nil
}

// checkTable refuses an answer that is no table of a law's texts, or another law's.
func checkTable(body []byte, lawID string) error {
	if err := noPage(body); err != nil {
		return err
	}
	t, err := lawxml.ReadTable(body)
	switch {
	case err != nil:
		return err
	case t.Law.ID != lawID:
		return fmt.Errorf("it is the table of %q, asked was %s", t.Law.ID, lawID)
	case len(t.Revisions) == 0:
		return errors.New("it lists no text")
	}
	for _, r := range t.Revisions {
		if !revisionForm.MatchString(r.ID) || !strings.HasPrefix(r.ID, lawID+"_") {
			return fmt.Errorf("it lists %q, which is no text of the law", r.ID)
		}
	}
	return nil
}

// apiMessage is what the API says of an error, to be put behind it.
func apiMessage(body []byte) string {
	var said struct {
		Code    string `json:"code"`
		Message string `json:"message"`
	}
	if json.Unmarshal(body, &said) != nil || said.Message == "" {
		return ""
	}
	if runes := []rune(said.Message); len(runes) > 200 {
		said.Message = string(runes[:200]) + "…"
	}
	return fmt.Sprintf(" (%s %s)", said.Code, said.Message)
}
