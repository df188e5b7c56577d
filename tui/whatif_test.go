package tui

import (
	"strings"
	"testing"
)

// What would change a finding is worked out beside the screen, and shown when it is
// there.
func TestWhatIf(t *testing.T) {
	m := reviewing(t, smallCase(t), "ja", 120, 40)
	_, cmd := m.Update(keyMsg("i"))
	if text := strings.Join(checkFrame(t, m), "\n"); cmd == nil || !strings.Contains(text, "計算しています") {
		t.Fatalf("the screen does not say that it is being worked out:\n%s", text)
	}
	m.Update(cmd())
	text := strings.Join(checkFrame(t, m), "\n")
	if strings.Contains(text, "計算しています") || !strings.Contains(text, "変わりうる事実") {
		t.Errorf("what was worked out is not shown:\n%s", text)
	}
	if m.flips.err != nil || m.flips.of != m.chosenFinding() {
		t.Errorf("worked out for %v: %v", m.flips.of, m.flips.err)
	}
	if _, again := m.Update(keyMsg("esc")); again != nil {
		t.Error("leaving works something out")
	}
	if _, again := m.Update(keyMsg("i")); again != nil {
		t.Error("what is known is worked out again")
	}
}
