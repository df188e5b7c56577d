package checker_test

import (
	"os"
	"testing"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/internal/source"
)

// BenchmarkFlips works out what would change each finding of the 2012 report.
func BenchmarkFlips(b *testing.B) {
	text, err := os.ReadFile("../fixtures/certificate-tool-2012/report.toml")
	if err != nil {
		b.Fatal(err)
	}
	report, problems := audit.Read(source.File{Name: "report.toml", Text: text})
	if err := problems.Err(); err != nil {
		b.Fatal(err)
	}
	result, err := loaded(b, rulebookFiles(b)).Check(report, checker.Answers{})
	if err != nil {
		b.Fatal(err)
	}
	sets, outcomes, most := 0, 0, 0
	measure(b, func() {
		sets, outcomes, most = 0, 0, 0
		for _, f := range result.Findings {
			flips, err := result.Flips(f)
			if err != nil {
				b.Fatal(err)
			}
			sets += len(flips.Up) + len(flips.Down)
			outcomes += flips.Outcomes
			most = max(most, flips.Outcomes)
		}
	})
	b.ReportMetric(float64(len(result.Findings)), "findings/op")
	b.ReportMetric(float64(sets), "sets/op")
	b.ReportMetric(float64(outcomes), "outcomes/op")
	b.ReportMetric(float64(most), "most-outcomes")
}
