package observe

import "fmt"

// What is said of single records and members has a limit of its own: however much it is, it
// takes no room from what is said of the whole file.
const (
	mostNotes      = 100
	mostComplaints = 20
)

// note keeps a remark on the whole file.
func (r *reading) note(text string) {
	if len(r.source.Notes) >= mostNotes {
		r.unsaid++
		return
	}
	r.source.Notes = append(r.source.Notes, text)
}

// complain keeps a remark on one record, or on one member of an archive.
func (r *reading) complain(text string) {
	if len(r.complaints) >= mostComplaints {
		r.unsaid++
		return
	}
	r.complaints = append(r.complaints, text)
}

// lostPart notes that a record or a member was not read, or not whole.
func (c *collector) lostPart(why string) {
	c.source.Partial = true
	c.complain(why)
}

// misread counts a record of a kind that matters and does not say what it should.
func (c *collector) misread(e *event, why string) {
	c.source.Bad++
	c.complain(e.locator(c.member) + ": " + why)
}

// bad counts a record that is not what its format says.
func (c *collector) bad(line int, why string) {
	c.source.Bad++
	c.lostPart(fmt.Sprintf("line %d: %s", line, why))
}

// remarked puts the remarks on the file before those on its parts, and says how many more
// there were.
func (r *reading) remarked() {
	r.source.Notes = append(r.source.Notes, r.complaints...)
	if r.unsaid > 0 {
		r.source.Notes = append(r.source.Notes, fmt.Sprintf("%d further remarks of this kind are not written", r.unsaid))
	}
}
