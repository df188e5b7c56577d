package observe

import (
	"slices"
	"strings"

	"jobun/checker/audit"
)

// examined writes what a log was looked through for: only kinds whose events this
// log shows that Windows was recording, only if every record of the file was read,
// understood and had room, and only if no record id is missing. A list is never closed by
// a log that did not record, by one record, which is without a gap however it was chosen,
// nor by what somebody's rules picked out of a log.
func (b *builder) examined(r *reading) {
	if s := r.source; s.Exhibit == "" || s.Partial || s.Bad > 0 || s.Bytes > 0 || s.Left > 0 || r.selection {
		return
	}
	for _, name := range sorted(r.channels) {
		ch := r.channels[name]
		kinds, why := ch.shows(b.options.Subject.named())
		if len(kinds) == 0 || ch.first.IsZero() || ch.records < 2 || !ch.whole() {
			continue
		}
		local := ch.local || r.zoneDoubt > 0
		note := why
		if ch.cleared {
			note += "; the log was cleared: nothing is known of before"
		}
		b.report.Examined = append(b.report.Examined, audit.Examination{
			Kinds: kinds, Exhibit: r.source.Exhibit, From: audit.When{Span: span(ch.first, local)}, Until: audit.When{Span: span(ch.last, local)},
			Basis: audit.Recorded, Note: Say(b.options.Lang, cut(shortChannel(ch.name)+": "+note, 500)),
		})
	}
}

// shows lists the kinds that a channel records, and why that is known. Of processes 4688
// has the image and neither hash nor signer: only a subject that is known by a name could
// have been found there.
func (ch *channel) shows(named bool) (kinds []string, why string) {
	has := func(ids ...uint32) bool {
		return slices.ContainsFunc(ids, func(id uint32) bool { return ch.events[id] > 0 })
	}
	var because []string
	channel := strings.ToLower(ch.name)
	switch {
	case channel == "security" && has(4719, 1101):
		// What is audited was changed while it ran, or events were dropped: it did not
		// record the same throughout.
	case channel == "security":
		if has(4720, 4722, 4724, 4725, 4726, 4738, 4781, 4798) && has(4731, 4732, 4733, 4735, 4799) {
			kinds = append(kinds, "account")
			because = append(because, "events of account and group management are in it")
		}
		if has(4698, 4699, 4700, 4701, 4702) {
			kinds = append(kinds, "task")
			because = append(because, "events of scheduled tasks are in it")
		}
		switch {
		case !has(4688):
			because = append(because, "no 4688: process creation was not recorded, so which program acted is not known from it")
		case named:
			kinds = append(kinds, "process")
			because = append(because, "4688 is in it; only the subject's processes were kept")
		}
	case channel == "system":
		kinds, because = []string{"service"}, []string{"the Service Control Manager records the services made through it (7045), not those written straight into the registry"}
	case strings.HasSuffix(channel, "firewall with advanced security/firewall") && has(2004, 2005, 2006, 2097, 2071, 2073):
		kinds, because = []string{"firewall_rule"}, []string{"changes of the firewall's rules are in it"}
	case strings.HasSuffix(channel, "taskscheduler/operational") && has(106, 140, 141, 200, 201):
		kinds, because = []string{"task"}, []string{"the log was switched on"}
	}
	return kinds, strings.Join(because, "; ")
}
