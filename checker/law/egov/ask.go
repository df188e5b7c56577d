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
	"jobun/internal/day"
)

// Revision is a row of a law's table of revisions.
type Revision struct {
	ID       string
	Title    string
	Enforced day.Date // zero: its first day is not settled
	By       string   // the amending law's id; zeros of the law as enacted
	Status   string   // CurrentEnforced, PreviousEnforced, UnEnforced, Repeal
}

// Revisions asks for the table of a law's revisions, unless it is still the one of
// an ETag.
func (c *Client) Revisions(ctx context.Context, lawID, etag string) (Answer, []Revision, error) {
	var revisions []Revision
	if !lawIDForm.MatchString(lawID) {
		return Answer{}, nil, fmt.Errorf("%w: %q is no law id", ErrNotFound, lawID)
	}
	a, err := c.get(ctx, "/law_revisions/"+lawID, url.Values{"response_format": {"json"}}, etag, func(body []byte) (err error) {
		revisions, err = readRevisions(body, lawID)
		return err
	})
	return a, revisions, err
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

// apiLaw is the law in answers.
type apiLaw struct {
	ID          string `json:"law_id"`
	Number      string `json:"law_num"`
	Promulgated string `json:"promulgation_date"`
}

// apiRevision is the text in answers.
type apiRevision struct {
	ID       string `json:"law_revision_id"`
	Title    string `json:"law_title"`
	Enforced string `json:"amendment_enforcement_date"`
	By       string `json:"amendment_law_id"`
	Status   string `json:"current_revision_status"`
}

func readRevisions(body []byte, lawID string) ([]Revision, error) {
	var answer struct {
		Law       apiLaw        `json:"law_info"`
		Revisions []apiRevision `json:"revisions"`
	}
	if err := noPage(body); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return nil, err
	}
	if answer.Law.ID != lawID {
		return nil, fmt.Errorf("it is the table of %q, asked was %s", answer.Law.ID, lawID)
	}
	var revisions []Revision
	for _, r := range answer.Revisions {
		if !revisionForm.MatchString(r.ID) || !strings.HasPrefix(r.ID, lawID+"_") {
			return nil, fmt.Errorf("it lists %q, which is no text of the law", r.ID)
		}
		listed := Revision{ID: r.ID, Title: r.Title, By: r.By, Status: r.Status}
		listed.Enforced, _ = day.ParseDate(r.Enforced)
		revisions = append(revisions, listed)
	}
	if len(revisions) == 0 {
		return nil, errors.New("it lists no text")
	}
	return revisions, nil
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
