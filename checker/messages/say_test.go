package messages

import (
	"testing"

	"jobun/internal/phrases"
)

// A phrase has the same places in both languages, and no phrase is there twice.
func TestPhrases(t *testing.T) {
	for _, wrong := range phrases.Mistakes(table()) {
		t.Error(wrong)
	}
}
