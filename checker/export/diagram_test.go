package export

import (
	"strings"
	"testing"

	"jobun/internal/cells"
	"jobun/rules"
)

// Every clause and every reply of every finding is in its diagram once, and no line
// is wider than asked for, in any form.
func TestDiagram(t *testing.T) {
	res := result(t, rulebook(t, rules.Files), fixtures(t)["../../fixtures/certificate-tool-2012/report.toml"])
	replies := 0
	for _, f := range res.Findings {
		d := DiagramOf(res.Report, f)
		if len(d.Columns[0].Blocks) != len(f.Elements) || len(d.Columns[1].Blocks) != len(f.Exceptions) {
			t.Errorf("%s: %d and %d blocks", f.ID, len(d.Columns[0].Blocks), len(d.Columns[1].Blocks))
		}
		seen := map[string]bool{}
		for _, c := range d.Columns {
			for _, b := range c.Blocks {
				if seen[b.Symbol] {
					t.Errorf("%s: %s stands twice", f.ID, b.Symbol)
				}
				if b.To != "" && !seen[b.To] {
					t.Errorf("%s: %s answers %s, which is not before it", f.ID, b.Symbol, b.To)
				}
				seen[b.Symbol] = true
			}
		}
		replies += len(d.Columns[2].Blocks)
		for _, lang := range []string{"ja", "en"} {
			for _, width := range []int{20, 40, 95, 96, 150} {
				style := Style{Lang: lang}
				lines := style.DiagramLines(d, width)
				for _, line := range lines {
					if cells.Width(line) > width {
						t.Errorf("%s: %d cells, more than %d: %q", f.ID, cells.Width(line), width, line)
					}
				}
				text := strings.Join(lines, "\n")
				for _, c := range d.Columns {
					for _, b := range c.Blocks {
						if !strings.Contains(text, b.Symbol+" ") {
							t.Errorf("%s: %s is not drawn at %d", f.ID, b.Symbol, width)
						}
					}
				}
			}
		}
	}
	if replies == 0 {
		t.Error("no diagram has a reply: the test sees nothing of them")
	}
}
