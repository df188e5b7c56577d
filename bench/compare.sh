#!/usr/bin/env bash
# Runs the benchmarks and prints the ratios: jobun against its rivals in one run,
# loading against decoding, 300 rules against 30. COUNT rounds (8) of BENCHTIME
# (300ms) each: in rounds, so that a machine that others use too slows all alike.
# UNIT is what is compared: cpu-ns/op, or by the clock ns/op. The raw figures go to
# OUT, a folder (a temporary one).
set -euo pipefail
cd "$(dirname "$0")"
count="${COUNT:-8}" benchtime="${BENCHTIME:-300ms}" unit="${UNIT:-cpu-ns/op}" out="${OUT:-$(mktemp -d)}"
mkdir -p "$out"
measure() { go test -run '^$' -bench . -benchtime "$benchtime" -timeout 60m "$1"; }
ratios() { printf '\n== %s\n' "$1"; shift; go tool benchstat "$@"; }

: > "$out/rivals.txt"
: > "$out/checker.txt"
for ((round = 1; round <= count; round++)); do
  measure . >> "$out/rivals.txt"
  (cd .. && measure ./checker) >> "$out/checker.txt"
done
# Two benchmarks of one name with a key are two columns.
sed -E 's,^Benchmark(Load|DecodeTOML)-,BenchmarkRulebook/read=\1-,' "$out/checker.txt" > "$out/checker-keyed.txt"

for facts in stated gaps; do
  for name in Evaluate Report; do
    ratios "$name, facts $facts: rivals against jobun" -col /engine -filter ".name:$name /facts:$facts .unit:$unit" "$out/rivals.txt"
  done
done
ratios "rulebook: loaded, against decoded alone" -col '/read@(DecodeTOML Load)' -filter ".name:Rulebook .unit:($unit OR allocs/op)" "$out/checker-keyed.txt"
ratios "check: 300 rules against 30" -col /rules -filter ".name:Check .unit:($unit OR evals/op)" "$out/checker-keyed.txt"
ratios "check: what folding takes; explaining" -filter ".name:(Fold OR Explain) .unit:($unit OR clauses/op OR lines/op)" "$out/checker-keyed.txt"
echo
echo "raw figures: $out"
