package export

import (
	"encoding/json"
	"io"

	"jobun/checker"
	"jobun/checker/review"
)

// jsonJournal is the journal that the decisions are read from.
type jsonJournal struct {
	Entries  int         `json:"entries"`
	Head     string      `json:"head"` // the SHA-256 of the last line
	Findings int         `json:"findings"`
	Decided  int         `json:"decided"`
	Gone     []jsonEntry `json:"of_findings_gone,omitempty"`
}

// jsonDecision is what people think of a finding.
type jsonDecision struct {
	Status  string       `json:"status"`
	Counts  bool         `json:"counts_as_decided"`
	Causes  []string     `json:"causes,omitempty"` // why it must be looked at again
	Pins    *review.Pins `json:"pins,omitempty"`   // what the decision in force was formed on
	Entries []jsonEntry  `json:"entries"`
}

// jsonEntry is a line of the journal, and what became of it.
type jsonEntry struct {
	Seq       int          `json:"seq"`
	At        string       `json:"at"`
	By        string       `json:"by"`
	Finding   review.Key   `json:"finding"`
	ID        string       `json:"finding_id,omitempty"`
	Clause    string       `json:"clause,omitempty"`
	Action    string       `json:"action"`
	Answer    string       `json:"answer,omitempty"`
	Reason    string       `json:"reason,omitempty"`
	Note      string       `json:"note,omitempty"`
	Needs     string       `json:"needs,omitempty"`
	Expires   string       `json:"expires,omitempty"`
	Pins      *review.Pins `json:"pins,omitempty"`
	Approves  int          `json:"approves,omitempty"`
	UndoOf    int          `json:"undo_of,omitempty"`
	Batch     int          `json:"batch,omitempty"`
	Prev      string       `json:"prev"`
	TakenBack bool         `json:"taken_back,omitempty"`
	Causes    []string     `json:"causes,omitempty"`
}

// WriteReviewedJSON is WriteJSON of a review's result, with what people decided of
// each finding.
func WriteReviewedJSON(w io.Writer, r *review.Review, texts Provisions) error {
	return writeJSON(w, jsonReviewed(r, jsonResult(r.Result, texts)))
}

// jsonReviewed adds to an export of a review's result what people decided.
func jsonReviewed(r *review.Review, doc jsonDocument) jsonDocument {
	journal := r.Journal()
	doc.Journal = &jsonJournal{Entries: len(journal.Entries()), Head: journal.Head(), Findings: len(r.Result.Findings), Decided: r.Decided()}
	for i, f := range r.Result.Findings {
		doc.Findings[i].Decision = decisionJSON(r, r.Of(f))
	}
	for _, st := range r.Gone() {
		for _, e := range st.History {
			doc.Journal.Gone = append(doc.Journal.Gone, entryJSON(r, st, e))
		}
	}
	return doc
}

// WriteJournalJSON writes entries of a review's journal, with what became of each.
func WriteJournalJSON(w io.Writer, r *review.Review, entries []review.Entry) error {
	states := StatesOf(r)
	doc := struct {
		Head    string      `json:"head"`
		Total   int         `json:"total"`
		Entries []jsonEntry `json:"entries"`
	}{Head: r.Journal().Head(), Total: len(r.Journal().Entries()), Entries: []jsonEntry{}}
	for _, e := range entries {
		doc.Entries = append(doc.Entries, entryJSON(r, states[e.Finding], e))
	}
	return writeJSON(w, doc)
}

func writeJSON(w io.Writer, doc any) error {
	enc := json.NewEncoder(visible{w})
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(doc)
}

func decisionJSON(r *review.Review, st *review.State) *jsonDecision {
	out := &jsonDecision{Status: string(st.Status()), Counts: st.IsDecided(), Causes: causeCodes(st.Causes), Entries: []jsonEntry{}}
	if st.Decision != nil {
		out.Pins = st.Decision.Pins
	}
	for _, e := range st.History {
		out.Entries = append(out.Entries, entryJSON(r, st, e))
	}
	return out
}

func entryJSON(r *review.Review, st *review.State, e review.Entry) jsonEntry {
	return jsonEntry{
		Seq: e.Seq, At: e.At, By: e.By, Finding: e.Finding, ID: idOf(st.Finding), Clause: e.Clause, Action: string(e.Action), Answer: e.Answer,
		Reason: string(e.Reason), Note: e.Note, Needs: e.Needs, Expires: e.Expires, Pins: e.Pins, Approves: e.Approves, UndoOf: e.UndoOf,
		Batch: e.Batch, Prev: e.Prev, TakenBack: r.IsVoid(e.Seq), Causes: causeCodes(Stale(st, e)),
	}
}

func idOf(f *checker.Finding) string {
	if f == nil {
		return ""
	}
	return f.ID
}

func causeCodes(causes []review.Cause) []string {
	var codes []string
	for _, c := range causes {
		codes = append(codes, string(c))
	}
	return codes
}
