package tui

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"jobun/checker"
)

// Each order holds over the whole list, loses no finding, keeps the cursor on its finding
// and goes with a filter; what is decided later moves no row.
func TestOrders(t *testing.T) {
	isOrdered := map[order]func(m *model, a, b *checker.Finding) bool{
		byRule:      func(*model, *checker.Finding, *checker.Finding) bool { return true },
		undecided:   func(m *model, a, b *checker.Finding) bool { return m.decisionRank(a) <= m.decisionRank(b) },
		leastWanted: func(_ *model, a, b *checker.Finding) bool { return unsupported(a) <= unsupported(b) },
		byDay: func(_ *model, a, b *checker.Finding) bool {
			x, y := a.Anchor.Span, b.Anchor.Span
			return y.IsZero() || !x.IsZero() && !y.From.Before(x.From)
		},
	}
	for _, o := range orders() {
		m := reviewing(t, realCase(t), "ja", 120, 40)
		press(t, m, "a", "x", "ctrl+s", "j", "j", "j")
		at := m.chosenFinding()
		press(t, m, "s")
		typeText(t, m, m.orderWord(o))
		press(t, m, "enter")
		list := m.filter.findings
		if len(list) != len(m.result.Findings) || m.chosenFinding() != at {
			t.Errorf("%s: %d findings, the cursor is on %v", m.orderWord(o), len(list), m.chosenFinding().ID)
		}
		for i := 1; i < len(list); i++ {
			if !isOrdered[o](m, list[i-1], list[i]) {
				t.Errorf("%s: %s stands before %s", m.orderWord(o), list[i-1].ID, list[i].ID)
			}
		}
		before := idsOf(list)
		press(t, m, "a", "x", "ctrl+s")
		if !slices.Equal(before, idsOf(m.filter.findings)) {
			t.Errorf("%s: a decision moved rows", m.orderWord(o))
		}
		if says := strings.Contains(strings.Join(press(t, m), ""), m.orderWord(o)); says != (o != byRule) {
			t.Errorf("%s is said: %v", m.orderWord(o), says)
		}
		press(t, m, "f")
		typeText(t, m, "刑事")
		press(t, m, "enter")
		if m.filter.order != o || !m.isFiltered() {
			t.Errorf("%s: the filter dropped the order", m.orderWord(o))
		}
		press(t, m, "F")
		if m.filter.order != o || m.isFiltered() {
			t.Errorf("%s: F dropped the order", m.orderWord(o))
		}
	}
}

// T goes to a record that the chosen clause, finding or exhibit rests on.
func TestOnTimeline(t *testing.T) {
	m := reviewing(t, realCase(t), "ja", 120, 40)
	found := 0
	for range m.result.Findings {
		rests := m.restsOn()
		press(t, m, "T")
		if at, ok := m.chosen(); ok && m.message == "" {
			found++
			if !rests(at.moment) {
				t.Errorf("it does not rest on %s", recordOf(at.moment))
			}
		}
		press(t, m, "1", "j")
	}
	if found == 0 {
		t.Error("no finding led to the timeline")
	}
	found = 0
	for i, e := range m.result.Report.Exhibits {
		press(t, m, "3", "g")
		for range i {
			press(t, m, "j")
		}
		press(t, m, "T")
		if m.message != "" {
			continue
		}
		found++
		if at, ok := m.chosen(); !ok || at.moment == nil || at.moment.Exhibit != e.ID {
			t.Errorf("%s led to %+v", e.ID, at)
		}
	}
	if found == 0 {
		t.Error("no exhibit led to the timeline")
	}
}

// Y copies all that y offers, and says by which way.
func TestCopyAll(t *testing.T) {
	m := reviewing(t, realCase(t), "ja", 120, 40)
	_, cmd := m.Update(keyMsg("Y"))
	if cmd == nil {
		t.Fatal("nothing is copied")
	}
	checkFrame(t, m)
	if !strings.Contains(m.message, "OSC 52") {
		t.Errorf("it says %q", m.message)
	}
	list := m.copies()
	want := ""
	for i, c := range list {
		if i > 0 {
			want += "\n"
		}
		want += c.text
	}
	if have, is := cmd(), tea.SetClipboard(want)(); have != is || len(list) < 3 {
		t.Errorf("copied %v", have)
	}
}

// o asks before a file is opened, and opens nothing on Esc.
func TestOpenFileAsks(t *testing.T) {
	m := reviewing(t, smallCase(t), "ja", 80, 24)
	var opened []string
	m.files.Open = func(file string) error { opened = append(opened, file); return nil }
	for i, e := range m.result.Report.Exhibits {
		press(t, m, "3", "g")
		for range i {
			press(t, m, "j")
		}
		press(t, m, "o")
		if (m.picker != nil) != (e.File != "") {
			t.Fatalf("%s: it asks: %v", e.ID, m.picker != nil)
		}
		if m.picker == nil {
			continue
		}
		press(t, m, "esc")
		if len(opened) > 0 {
			t.Fatal("opened without yes")
		}
		press(t, m, "o")
		_, cmd := m.Update(keyMsg("enter"))
		m.Update(cmd())
		checkFrame(t, m)
		if len(opened) != 1 || opened[0] != e.File || !strings.Contains(m.message, e.File) {
			t.Errorf("opened %q, says %q", opened, m.message)
		}
		opened = nil
	}
}
