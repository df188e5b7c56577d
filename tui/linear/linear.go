// Package linear is the review as a dialogue of lines: for screen readers, pipes and
// terminals that can do nothing else. It writes whole lines in their order, moves no
// cursor and draws nothing; what it records is what the terminal program records.
package linear

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"jobun/checker"
	"jobun/checker/export"
	"jobun/checker/review"
	"jobun/internal/cells"
)

// Options is how a dialogue speaks, and who speaks to it.
type Options struct {
	Style      export.Style
	By         string            // who decides
	Now        func() time.Time  // the clock of the entries
	Provisions export.Provisions // what the law store says of the provisions
}

// Run leads the dialogue until it is ended, or its input is: everything recorded by
// then is on the disk. The context ends it at once, with its error. Other errors are a
// journal that is broken or cannot be read, and an output that cannot be written.
func Run(ctx context.Context, in io.Reader, out io.Writer, r *review.Review, o Options) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	d := &dialogue{Style: o.Style, options: o, ctx: ctx, lines: readLines(ctx, in), out: out, review: r}
	err := d.run()
	if errors.Is(err, context.Canceled) {
		d.tell(d.Say("中断しました。記録したものはすべて残っています", "Interrupted. All that was recorded is kept"))
	}
	if d.failed != nil {
		return d.failed
	}
	return err
}

// dialogue is one review in progress.
type dialogue struct {
	export.Style
	options Options
	ctx     context.Context
	lines   <-chan line
	out     io.Writer
	failed  error // what could not be written
	review  *review.Review
	at      int // which finding
}

// errEnded says that the user has ended the dialogue, or the input has ended.
var errEnded = errors.New("the dialogue is ended")

func (d *dialogue) run() error {
	err := d.lead()
	if errors.Is(err, errEnded) {
		d.farewell()
		return nil
	}
	return err
}

func (d *dialogue) lead() error {
	d.welcome()
	if len(d.findings()) == 0 {
		d.tell(d.Say("指摘はありません。0件は、問題がないことを意味しません", "There are no findings. That does not mean that nothing is wrong"))
		return nil
	}
	d.readFinding()
	for {
		words, err := d.ask(d.Say("どうしますか。a 取上げ、d 見送り、e 要証拠、c メモ、r 要件に回答、v 証拠、t 条文、n 次へ、? ほか、q 終了。",
			"What now? a take up, d set aside, e needs evidence, c note, r answer an element, v evidence, t provision, n next, ? more, q quit."))
		if err != nil {
			return err
		}
		if err := d.refresh(); err != nil {
			return err
		}
		if err := d.obey(words); err != nil {
			return err
		}
		if d.failed != nil {
			return d.failed
		}
	}
}

// findings are those that there are, with people's answers.
func (d *dialogue) findings() []*checker.Finding { return d.review.Result.Findings }

func (d *dialogue) finding() *checker.Finding { return d.findings()[d.at] }

// take goes on with a review that something was added to. The finding in hand stays
// the same one, wherever it now stands.
func (d *dialogue) take(r *review.Review) {
	key := review.KeyOf(d.finding())
	d.review = r
	at := slices.IndexFunc(d.findings(), func(f *checker.Finding) bool { return review.KeyOf(f) == key })
	if at < 0 {
		at = min(d.at, len(d.findings())-1)
	}
	d.at = max(at, 0)
}

// refresh reads what others have recorded, and tells of it.
func (d *dialogue) refresh() error {
	again, added, err := d.review.Refresh()
	if err != nil {
		return err
	}
	if len(added) == 0 {
		return nil
	}
	d.take(again)
	d.tellAdded(added)
	return d.noneLeft()
}

// noneLeft ends a dialogue whose last finding is gone.
func (d *dialogue) noneLeft() error {
	if len(d.findings()) == 0 {
		d.tell(d.Say("指摘がなくなりました", "There are no findings any more"))
		return errEnded
	}
	return nil
}

func (d *dialogue) tellAdded(added []review.Entry) {
	d.tell(d.Say(fmt.Sprintf("ほかから %d件が記録されました", len(added)), fmt.Sprintf("Entries recorded by others: %d", len(added))))
	states := export.StatesOf(d.review)
	for _, e := range added {
		d.tellEntry(states[e.Finding], e)
	}
}

// line is a line of the input, or why there is none.
type line struct {
	text string
	err  error
}

// readLines reads lines as they come, until the context ends. A line that is too long
// for any answer is read to its end and given as errTooLong.
func readLines(ctx context.Context, in io.Reader) <-chan line {
	lines := make(chan line)
	go func() {
		defer close(lines)
		buffered := bufio.NewReaderSize(in, 3*review.MaxText)
		for {
			l, err := readLine(buffered)
			if err == nil || l.text != "" || l.err != nil {
				select {
				case lines <- l:
				case <-ctx.Done():
					return
				}
			}
			if err != nil {
				return
			}
		}
	}()
	return lines
}

var errTooLong = errors.New("the line is too long")

func readLine(in *bufio.Reader) (line, error) {
	text, err := in.ReadSlice('\n')
	if !errors.Is(err, bufio.ErrBufferFull) {
		return line{text: strings.TrimRight(string(text), "\r\n")}, err
	}
	for errors.Is(err, bufio.ErrBufferFull) {
		_, err = in.ReadSlice('\n')
	}
	return line{err: errTooLong}, err
}

// ask puts a question and gives the line that answers it. A line that cannot be read
// is asked for again.
func (d *dialogue) ask(question string) (string, error) {
	for {
		d.tell(question)
		if d.failed != nil {
			return "", d.failed
		}
		select {
		case <-d.ctx.Done():
			return "", d.ctx.Err()
		case l, ok := <-d.lines:
			switch {
			case d.ctx.Err() != nil:
				return "", d.ctx.Err()
			case !ok:
				return "", errEnded
			case l.err != nil:
				d.tell(d.Say("行が長すぎるため、読みませんでした", "The line is too long; it was not read"))
			case !utf8.ValidString(l.text):
				d.tell(d.Say("文字コードがUTF-8でないため、読みませんでした", "The line is not UTF-8; it was not read"))
			default:
				return strings.TrimSpace(l.text), nil
			}
		}
	}
}

// tell writes sentences, each on lines of its own and with its full stop. Text of a
// report or journal is inert in it.
func (d *dialogue) tell(text string) {
	for one := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		if one = strings.Join(strings.Fields(cells.Sanitise(one)), " "); one != "" {
			d.write(d.stopped(one))
		}
	}
}

// tellCommand writes a command to be copied: as it is, without a full stop.
func (d *dialogue) tellCommand(command string) {
	if command != "" {
		d.write(cells.Sanitise(command))
	}
}

func (d *dialogue) write(one string) {
	if d.failed != nil {
		return
	}
	if _, err := io.WriteString(d.out, one+"\n"); err != nil {
		d.failed = fmt.Errorf("write the dialogue: %w", err)
	}
}

// stopped ends a sentence with its full stop.
func (d *dialogue) stopped(text string) string {
	last, _ := utf8.DecodeLastRuneInString(text)
	if strings.ContainsRune("。．？！.?!:：", last) {
		return text
	}
	return text + d.Say("。", ".")
}

// and lists words with commas.
func (d *dialogue) and(words []string) string { return strings.Join(words, d.Say("、", ", ")) }

// plain is a command as it is compared: full-width letters and the vowels that an IME
// left on delivers count as what was meant.
func plain(text string) string {
	text = norm.NFKC.String(text)
	switch text {
	case "あ":
		return "a"
	case "え":
		return "e"
	case "う":
		return "u"
	case "い":
		return "i"
	default:
		return text
	}
}
