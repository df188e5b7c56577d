package tui

import (
	"slices"
	"strings"

	"jobun/checker"
	"jobun/checker/audit"
	"jobun/checker/export"
)

// doubtful lists, for each finding, the exhibits behind it whose files are not
// those that the report states.
func doubtful(r *checker.Result) map[*checker.Finding][]string {
	list := map[*checker.Finding][]string{}
	for _, e := range r.Report.Exhibits {
		if r.Exhibits[e.ID] != audit.HashDiffers {
			continue
		}
		for _, f := range r.Findings {
			if slices.ContainsFunc(f.Answers(), func(a *checker.Answer) bool { return slices.Contains(exhibitsOf(a), e.ID) }) || isDatedBy(f, e.ID) {
				list[f] = append(list[f], e.ID)
			}
		}
	}
	return list
}

func isDatedBy(f *checker.Finding, exhibit string) bool {
	return f.Anchor.Stated != nil && slices.ContainsFunc(f.Anchor.Stated.Origins, func(o audit.Origin) bool { return o.Exhibit == exhibit })
}

// exhibitsOf lists the exhibits that an answer rests on: where its facts were
// read, and what was looked through in vain.
func exhibitsOf(a *checker.Answer) []string {
	var ids []string
	add := func(id string) {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	for _, o := range export.Origins(a) {
		add(o.Exhibit)
	}
	if a.Why != nil {
		for _, x := range a.Why.Searched() {
			add(x.Exhibit)
		}
	}
	return ids
}

func (m *model) differs(exhibit string) bool { return m.result.Exhibits[exhibit] == audit.HashDiffers }

// verified says what came of hashing an exhibit's file.
func (m *model) verified(e *audit.Exhibit) span {
	words := m.style.In(export.ExhibitWord(m.result.Exhibits[e.ID]))
	if e.SHA256 != "" && e.File == "" {
		words = m.style.Say("ファイルの記載なし・未照合", "no file stated, not checked")
	}
	t := plain
	if m.differs(e.ID) {
		t = warned
	}
	return span{m.style.Say("照合: ", "hash of the file: ") + words, t}
}

// differsMark stands beside whatever rests on an exhibit whose file differs.
func (m *model) differsMark() string { return m.style.Say("[証拠不一致]", "[exhibit DIFFERS]") }

// rowMark is differsMark in a row, where the status line says what it is.
func (m *model) rowMark() span { return span{m.style.Say("[不一致] ", "[DIFFERS] "), warned} }

// mark is the mark of an exhibit, with a space before it; nothing if its file does
// not differ.
func (m *model) mark(exhibits ...string) span {
	if slices.ContainsFunc(exhibits, m.differs) {
		return span{" " + m.differsMark(), warned}
	}
	return span{}
}

// warn writes the warnings of exhibits whose files differ.
func (m *model) warn(w *writer, exhibits ...string) {
	for _, id := range exhibits {
		if m.differs(id) {
			w.text(0, span{m.style.ExhibitWarning(id), warned})
		}
	}
}

// warning names every exhibit whose file differs, for the status line; "" if none
// does.
func (m *model) warning() string {
	var ids []string
	for _, e := range m.result.Report.Exhibits {
		if m.differs(e.ID) {
			ids = append(ids, e.ID)
		}
	}
	if len(ids) == 0 {
		return ""
	}
	return m.style.Say("注意 証拠 ", "Warning: exhibit ") + strings.Join(ids, m.style.Say("・", ", ")) + " " + m.style.In(export.ExhibitWord(audit.HashDiffers))
}
