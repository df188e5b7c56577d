package linear

import (
	"errors"
	"fmt"
	"time"

	"jobun/checker/export"
	"jobun/checker/review"
)

// record records entries and tells what came of it. Nothing that cannot be recorded
// ends the dialogue, but a journal that is no longer what was written does.
func (d *dialogue) record(entries []review.Entry) (recorded bool, err error) {
	for {
		for i, e := range entries {
			refused := export.Refusal(d.review, e)
			if e.Action == review.Undo {
				refused = export.UndoRefusal(d.review, e)
			}
			if refused != (export.Text{}) {
				d.tell(d.Say("記録できません。", "This cannot be recorded. ") + d.In(refused))
				return false, nil
			}
			entries[i].At = d.options.Now().Format(time.RFC3339)
		}
		before := d.outcomes()
		again, err := d.review.Record(entries...)
		var moved *review.MovedError
		var broken *review.BrokenError
		switch {
		case errors.As(err, &moved):
			d.take(again)
			if err := d.noneLeft(); err != nil {
				return false, err
			}
			d.tellAdded(moved.Added)
			yes, err := d.confirm(d.Say("まだ何も記録していません。それでも記録しますか。y 記録する、n しない。", "Nothing of yours was recorded yet. Record it all the same? y yes, n no."))
			if err != nil || !yes {
				return false, err
			}
			continue
		case errors.As(err, &broken):
			return false, err
		case err != nil:
			d.tell(d.Say("記録できませんでした。何も記録していません。書いたものは書きかけとして残します。", "This could not be recorded; nothing was. What you wrote is kept unfinished. ") + d.Trouble(err))
			return false, nil
		}
		d.take(again)
		d.tellRecorded(len(entries), before)
		return true, d.noneLeft()
	}
}

// outcome is where a finding stands, in words.
type outcome struct{ assessment, status string }

func (d *dialogue) outcomes() map[review.Key]outcome {
	all := map[review.Key]outcome{}
	for _, f := range d.findings() {
		all[review.KeyOf(f)] = outcome{d.In(export.FindingWord(f)), d.In(export.DecisionWord(d.review.Of(f).Status()))}
	}
	return all
}

// tellRecorded tells of the last entries, and of the findings whose assessment or
// decision came out otherwise for them.
func (d *dialogue) tellRecorded(n int, before map[review.Key]outcome) {
	states := export.StatesOf(d.review)
	d.tell(d.Say("記録しました", "Recorded"))
	entries := d.review.Journal().Entries()
	for _, e := range entries[len(entries)-n:] {
		d.tellEntry(states[e.Finding], e)
	}
	after := d.outcomes()
	for _, f := range d.findings() {
		was, now := before[review.KeyOf(f)], after[review.KeyOf(f)]
		if was.assessment != now.assessment {
			d.tell(d.Say(f.ID+" の一次整理が変わりました。前は"+was.assessment+"、今は"+now.assessment, "The pre-assessment of "+f.ID+" has changed. It was: "+was.assessment+". It is: "+now.assessment))
		}
		if was.status != now.status {
			d.tell(d.Say(f.ID+" の検討結果は、前は"+was.status+"、今は"+now.status, "The decision on "+f.ID+" was: "+was.status+". It is: "+now.status))
		}
	}
	d.tell(d.Say(fmt.Sprintf("検討済みは %d、全 %d件", d.review.Decided(), len(d.findings())), fmt.Sprintf("Decided: %d of %d", d.review.Decided(), len(d.findings()))))
}

func (d *dialogue) undo([]string) error {
	return d.reverse(d.review.Undoing(d.options.By), d.Say("取り消せる自分の記録はありません", "There is nothing of yours to take back"))
}

func (d *dialogue) redo([]string) error {
	return d.reverse(d.review.Redoing(d.options.By), d.Say("やり直せる取消しはありません", "There is nothing to let stand again"))
}

func (d *dialogue) reverse(entries []review.Entry, none string) error {
	if len(entries) == 0 {
		d.tell(none)
		return nil
	}
	_, err := d.record(entries)
	return err
}
