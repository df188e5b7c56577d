package observe

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// The SARIF that Attack Surface Analyzer exports: each run's artifacts, one for each
// difference, have in their properties what its own export has: ResultType,
// ChangeType, Base, Compare, Diffs, CompareRunId; Identity is the text of the location's
// description. What its rules thought of them (results) is not used. Kinds are read as
// words; of numbers only those are known that its published test file has (FILE = 1;
// CREATED = 1, DELETED = 2, MODIFIED = 3). Source: the tool's own source text, the
// function that writes SARIF. No real file of this kind is in the shared corpus.

func isASASARIF(head []byte) bool {
	text := plainHead(head)
	if !bytes.HasPrefix(text, []byte("{")) || !bytes.Contains(text, []byte(`"runs"`)) {
		return false
	}
	return bytes.Contains(text, []byte("Attack Surface Analyzer")) || bytes.Contains(text, []byte("AttackSurfaceAnalyzer")) ||
		bytes.Contains(text, []byte(`"ResultType"`)) && bytes.Contains(text, []byte(`"ChangeType"`))
}

// sarifArtifact is one difference.
type sarifArtifact struct {
	Location struct {
		URI         string `json:"uri"`
		Description struct {
			Text string `json:"text"`
		} `json:"description"`
	} `json:"location"`
	Properties struct {
		asaResult
		ResultType, ChangeType json.RawMessage
	} `json:"properties"`
}

func (c *collector) readASASARIF(r io.Reader) error {
	w := newWalker(r)
	return w.ends(c, w.object(func(name string) error {
		if name != "runs" {
			return w.skip()
		}
		return w.list(func(run int) error {
			return w.object(func(name string) error {
				if name != "artifacts" {
					return w.skip()
				}
				return w.list(func(i int) error { return c.artifact(w, fmt.Sprintf("/runs/%d/artifacts/%d", run, i)) })
			})
		})
	}))
}

func (c *collector) artifact(w *walker, where string) error {
	var a sarifArtifact
	if err := w.take(&a); err != nil {
		return err
	}
	p := a.Properties
	if p.ChangeType == nil {
		c.count("artifacts that are no differences")
		return nil
	}
	c.source.Read++
	if p.Identity == "" {
		p.Identity = a.Location.Description.Text
	}
	what := kindWord(p.ResultType, "UNKNOWN", "FILE")
	verb := kindWord(p.ChangeType, "UNKNOWN", "CREATED", "DELETED", "MODIFIED")
	c.inferred(func() { c.asa(what, verb, p.asaResult, where) })
	return nil
}

// kindWord is a kind that is written as a word or as the number of one.
func kindWord(raw json.RawMessage, words ...string) string {
	var word string
	if json.Unmarshal(raw, &word) == nil {
		return strings.ToUpper(word)
	}
	for n, word := range words {
		if string(raw) == fmt.Sprint(n) {
			return word
		}
	}
	return string(raw)
}
