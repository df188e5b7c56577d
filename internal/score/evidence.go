package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"jobun/checker/audit"
	"jobun/checker/audit/observe"
)

// labelled is one line of LABELS.tsv.
type labelled struct {
	file, format, polarity string
	actors                 []string // the programs that did it, if the first is named as one
	acts                   []string // the records that show it, as event#record
	wants                  []wantedEvents
}

// wantedEvents is one entry of literal_events: how many events of a name there are, the
// first record ids, and the acting SID.
type wantedEvents struct {
	name    string
	count   int
	records []uint64
	by      string
}

// evidenceScore is what was found of one format.
type evidenceScore struct {
	files, wanted, found, missed, invented, wrongRecord, wrongActor int
	accused, others                                                 int
	acts, attributed                                                int
	unread                                                          int
	labelled                                                        bool // literal_events are stated of the format
}

// The wanted scores: everything of the formats whose events are labelled, and no
// file accused in which no program under audit acted.
func (s *evidenceScore) reached() bool {
	return s.missed == 0 && s.invented == 0 && s.wrongRecord == 0 && s.wrongActor == 0 && s.accused == 0 && s.unread == 0
}

// evidence reads every labelled file of a folder and compares the events found with
// literal_events, and what is attributed with the polarity of the file.
func evidence(dir string, out io.Writer) (bool, error) {
	labels, err := readLabels(filepath.Join(dir, "LABELS.tsv"))
	if err != nil {
		return false, err
	}
	scores := map[string]*evidenceScore{}
	for _, l := range labels {
		s := scores[l.format]
		if s == nil {
			s = &evidenceScore{}
			scores[l.format] = s
		}
		// Of these two every event is labelled, also that there is none. Of another
		// format only if a label of it says so.
		s.labelled = s.labelled || l.format == "evtx" || l.format == "mordor_jsonl" || len(l.wants) > 0
	}
	for _, l := range labels {
		s := scores[l.format]
		if err := score(dir, l, s, out); err != nil {
			return false, err
		}
	}
	return table(scores, out), nil
}

// scorePage is what was printed, as a page of the documentation.
func scorePage(printed string) []byte {
	return []byte(`# 読取りの点検 — How well evidence is read

` + "`go run ./internal/score evidence ../shared/evidence docs/scores.md`" + ` がこの頁を書きます。開発者のための表で、事件についての評価ではありません。
LABELS.tsv の literal_events と、読み取った出来事を比べます。記録番号と行為者の SID も比べます。
Written by that command. It compares the events read with those labelled: how many, which records, by which SID.

- missed / invented: 札にあって読まれないもの、札にないのに読まれたもの。literal_events のある形式だけを数えます。
- false accusations: 対象でない物の行為を対象のものとした数。files: 読んだファイル。unread: 読めない形式。
- acts / attributed: 札が実行ファイルを名指す記録と、それを対象に示したとき対象の行為とされた記録。残りには一つずつ理由を記します：記録がプログラムを名指さないか、代わりに働いた Windows の部品（services.exe など）を名指すもので、推測では埋めません。
  Each that is left has its reason: the record names no program, or a part of Windows that acted in its place. None is guessed.
- not a format that is read: VMRay・DRAKVUF・MAEC は、EVIDENCE.md が読まなくてよいとする形式なので、読みません。
  VMRay, DRAKVUF and MAEC: EVIDENCE.md says to skip them.
- PowerShell の 4104・800（スクリプトの文）に literal_events はなく、実行の結果も示さないので、観察としません。
  No literal event names 4104 or 800: the text of a script is not what it did.

` + "```text\n" + printed + "```\n")
}

func score(dir string, l labelled, s *evidenceScore, out io.Writer) error {
	have := map[string][]observe.Literal{}
	result, err := observe.Run(observe.Options{
		Paths:   []string{filepath.Join(dir, filepath.FromSlash(l.file))},
		Subject: observe.Subject{Processes: []string{"no-such-program-under-audit.exe"}},
		Literal: func(x observe.Literal) { have[x.Name] = append(have[x.Name], x) },
	})
	if err != nil {
		return fmt.Errorf("%s: %w", l.file, err)
	}
	s.files++
	miss := func(format string, args ...any) {
		fmt.Fprintf(out, "%s: %s\n", l.file, fmt.Sprintf(format, args...))
	}
	for _, source := range result.Sources {
		if source.Format == "" {
			s.unread++
			miss("not a format that is read")
		}
	}
	for _, o := range result.Report.Observed {
		switch {
		case o.Attribution == nil:
		case o.Attribution.To == "subject":
			s.accused++
			miss("%s is attributed to a subject that is not there", o.ID)
		default:
			s.others++
			if l.polarity != "benign" {
				miss("%s %s is attributed to another: %s", o.Locator, o.Action, o.Attribution.Note)
			}
		}
	}
	if err := s.attribution(dir, l, miss); err != nil {
		return err
	}
	if !s.labelled {
		return nil
	}
	for _, w := range l.wants {
		s.compare(w, have[w.name], miss)
		delete(have, w.name)
	}
	for name, extra := range have {
		s.invented += len(extra)
		miss("%d × %s not labelled, first record %d", len(extra), name, extra[0].RecordID)
	}
	return nil
}

// attribution reads a file again with the program that did it as the subject, and
// counts the labelled records that are attributed to it.
func (s *evidenceScore) attribution(dir string, l labelled, miss func(string, ...any)) error {
	if len(l.actors) == 0 || len(l.acts) == 0 {
		return nil
	}
	result, err := observe.Run(observe.Options{
		Paths: []string{filepath.Join(dir, filepath.FromSlash(l.file))}, Subject: observe.Subject{Processes: l.actors},
	})
	if err != nil {
		return fmt.Errorf("%s: %w", l.file, err)
	}
	for _, act := range l.acts {
		event, record, _ := strings.Cut(act, "#")
		s.acts++
		at := slices.IndexFunc(result.Report.Observed, func(o audit.Observation) bool {
			return strings.Contains(o.Locator+",", "EventRecordID "+record+",") && strings.HasSuffix(o.Locator, " "+event)
		})
		why := "it is not among the observations"
		if at >= 0 {
			o := result.Report.Observed[at]
			if o.Attribution != nil && o.Attribution.To == "subject" {
				s.attributed++
				continue
			}
			why = "the record names no program"
			if image := namedImage.FindString(o.Actor); image != "" {
				why = "the record names " + image
			}
		}
		miss("%s is not attributed to %s: %s", act, strings.Join(l.actors, ", "), why)
	}
	return nil
}

var namedImage = regexp.MustCompile(`(?i)[\w.-]+\.exe`)

func (s *evidenceScore) compare(w wantedEvents, have []observe.Literal, miss func(string, ...any)) {
	s.wanted += w.count
	s.found += min(w.count, len(have))
	if len(have) < w.count {
		s.missed += w.count - len(have)
		miss("%s: want %d, have %d", w.name, w.count, len(have))
	}
	if len(have) > w.count {
		s.invented += len(have) - w.count
		miss("%s: want %d, have %d", w.name, w.count, len(have))
	}
	for _, id := range w.records {
		if !slices.ContainsFunc(have, func(l observe.Literal) bool { return l.RecordID == id }) {
			s.wrongRecord++
			miss("%s: record %d is not among those found", w.name, id)
		}
	}
	if w.by != "" && !slices.ContainsFunc(have, func(l observe.Literal) bool { return l.By == w.by || w.by == "-" && l.By == "" }) {
		s.wrongActor++
		miss("%s: none by %s", w.name, w.by)
	}
}

func table(scores map[string]*evidenceScore, out io.Writer) bool {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "format\tfiles\tunread\tevents\tfound\tmissed\tinvented\trecall\tprecision\twrong record\twrong actor\tfalse accusations\tto others\tacts\tattributed")
	var names []string
	for name := range scores {
		names = append(names, name)
	}
	slices.Sort(names)
	all, reached := evidenceScore{}, true
	for _, name := range names {
		s := scores[name]
		s.row(w, name)
		if s.labelled {
			reached = reached && s.reached()
		}
		reached = reached && s.accused == 0
		all.files += s.files
		all.unread += s.unread
		all.wanted += s.wanted
		all.found += s.found
		all.missed += s.missed
		all.invented += s.invented
		all.wrongRecord += s.wrongRecord
		all.wrongActor += s.wrongActor
		all.accused += s.accused
		all.others += s.others
		all.acts += s.acts
		all.attributed += s.attributed
	}
	all.row(w, "total")
	w.Flush()
	return reached
}

func (s *evidenceScore) row(w io.Writer, name string) {
	fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%s\t%s\t%d\t%d\t%d\t%d\t%d\t%d\n", name, s.files, s.unread, s.wanted, s.found, s.missed, s.invented,
		share(s.found, s.wanted), share(s.found, s.found+s.invented), s.wrongRecord, s.wrongActor, s.accused, s.others, s.acts, s.attributed)
}

func share(part, whole int) string {
	if whole == 0 {
		return "-"
	}
	return strconv.FormatFloat(float64(part)*100/float64(whole), 'f', 1, 64)
}

var literalEvents = regexp.MustCompile(`^(\w+) x(\d+) \[([^\]]*)\] by (\S+)$`)

// A program that a label names as the actor, and the records that show an act.
var (
	program        = regexp.MustCompile(`^[\w.-]+\.exe`)
	plainWord      = regexp.MustCompile(`^\w+$`)
	labelledRecord = regexp.MustCompile(`[\[,](\d+#\d+)`)
)

// programs are those that a label names: the first is written as one (reg.exe), others
// after it perhaps without .exe.
func programs(actor string) []string {
	var names []string
	for i, part := range strings.Split(actor, ", ") {
		switch name := program.FindString(part); {
		case name != "":
			names = append(names, name)
		case i > 0 && len(names) > 0 && plainWord.MatchString(part):
			names = append(names, part+".exe")
		}
	}
	return names
}

// readLabels reads LABELS.tsv.
func readLabels(file string) ([]labelled, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	column := func(row []string, name string) string {
		if i := slices.Index(rows[0], name); i >= 0 && i < len(row) {
			return row[i]
		}
		return ""
	}
	var labels []labelled
	for _, row := range rows[1:] {
		l := labelled{file: column(row, "file"), format: column(row, "format"), polarity: column(row, "polarity")}
		l.actors = programs(column(row, "actor"))
		for _, m := range labelledRecord.FindAllStringSubmatch(column(row, "labels"), -1) {
			l.acts = append(l.acts, m[1])
		}
		for _, entry := range strings.Split(column(row, "literal_events"), ";") {
			if entry = strings.TrimSpace(entry); entry == "" {
				continue
			}
			m := literalEvents.FindStringSubmatch(entry)
			if m == nil {
				return nil, fmt.Errorf("read %s: %s: %q is no entry of literal_events", file, l.file, entry)
			}
			w := wantedEvents{name: m[1], by: m[4]}
			w.count, _ = strconv.Atoi(m[2])
			for _, id := range strings.Split(strings.TrimSuffix(m[3], "…"), ",") {
				if n, err := strconv.ParseUint(id, 10, 64); err == nil {
					w.records = append(w.records, n)
				}
			}
			l.wants = append(l.wants, w)
		}
		labels = append(labels, l)
	}
	return labels, nil
}
