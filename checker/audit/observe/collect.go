package observe

import (
	"context"
	"strings"
	"time"

	"jobun/checker/audit"
)

// seen is one observation that is kept, before names are joined.
type seen struct {
	action      string
	kind, name  string // the target
	sid         string // of an account: what joins it
	group       string
	at          time.Time
	local       bool
	utc         bool   // the time is Sysmon's, which is certainly UTC
	member      string // of an archive
	written     string // the record's own words for the time, if they differ
	remark      string // and ours on it
	actor       string
	shows       map[string]any
	locator     string
	excerpt     string
	note        string   // a sentence of ours, in English
	quote       string   // the record's own words, which stand beside the note
	access      []string // what differs of an access list: sentences of ours
	also        []string // further sentences of ours
	computer    string
	logon       string // the acting logon id, lower case
	asked       string // the name by which a command would ask for it
	groupName   string // what the record calls the group
	rule        string // the id of a firewall rule
	program     bool   // of a firewall rule: the record names a program
	attribution *audit.Attribution
	own         bool    // kept because it is the subject's
	only        bool    // it would not be kept if it were not
	named       *byName // set if only a name says that it is the subject's
	runs        *byName // of a service: the image that has the subject's name
	size        int     // about what it takes of a report
	inferred    bool    // from two states, not from a record of the act
	order       int     // in the file
}

// matter is something for the chronology on which no fact rests.
type matter struct {
	at      time.Time
	local   bool
	what    string
	locator string
}

// reading is what one file gave.
type reading struct {
	source Source
	// complaints are remarks on single records and members, unsaid those of any kind that
	// have no room.
	complaints []string
	unsaid     int
	members    []member
	seen       []seen
	matters    []matter
	counted    map[string]int // what was read and is only counted
	repeated   int            // observations left out: more of one action on one thing than are kept
	kept       map[bool]int   // observations kept, by whether they are the subject's own
	literals   []Literal
	names      map[string]accountName
	computers  []string
	channels   map[string]*channel
	hashes     map[string]bool // of the subject, seen running
	tree       *tree
	zoneDoubt  time.Duration // how far the file's times are from what its records state as UTC
	snapshot   bool
	selection  bool     // somebody's rules picked its records out of logs
	copied     bool     // the same file is another exhibit
	machines   []string // that its observations are of
}

// member is one file of an archive.
type member struct {
	name, sha256 string
	size         int64
}

// accountName is what the records call an account, the later the better known.
type accountName struct {
	name string
	rank int
}

const (
	mostSeen     = 20_000
	mostMatters  = 500
	mostChannels = 1000
	mostNames    = 200_000
)

// collector gathers what the records of one file say.
type collector struct {
	*reading
	budget  *budget // of what archives unpack to
	member  string  // of an archive
	known   bool    // something in it is of a known format
	wants   bool    // whether somebody asks for literals
	states  bool    // what is read is the difference of two states
	order   int     // of the observation kept last
	repeats map[string]*repeats
	meter   *Meter
	ctx     context.Context // of the reading
}

func newReading(name string, s Subject) *reading {
	return &reading{
		source: Source{File: name}, counted: map[string]int{}, names: map[string]accountName{},
		channels: map[string]*channel{}, tree: newTree(s), hashes: map[string]bool{}, kept: map[bool]int{},
	}
}

func newCollector(r *reading, o Options) *collector {
	return &collector{reading: r, wants: o.Literal != nil, ctx: o.context(), repeats: map[string]*repeats{}}
}

// count counts what is read and not kept.
func (c *collector) count(what string) { c.counted[what]++ }

// literal tells of an event in the words of the shared labels.
func (c *collector) literal(e *event, name, by string) {
	if c.wants {
		c.literals = append(c.literals, Literal{name, c.source.File, e.RecordID, e.line, by})
	}
}

// keep takes an observation: the time, the place and the actor are the record's.
func (c *collector) keep(e *event, s seen) {
	s.at, s.local = e.when()
	s.utc = isSysmon(e) && e.get("UtcTime") != ""
	s.written, s.remark = e.written, e.remark
	s.locator, s.member = e.locator(c.member), c.member
	s.computer = e.Computer
	if s.actor == "" {
		s.actor = e.actor()
	}
	if s.logon == "" {
		s.logon = strings.ToLower(e.get("SubjectLogonId"))
	}
	if s.attribution == nil {
		if p := c.tree.whose(e); p != nil {
			s.attribution, s.named = attributed(p), p.named
		}
	}
	if s.attribution != nil && s.attribution.To == "subject" {
		s.own = true
	}
	s.inferred = s.inferred || c.states
	// What is the subject's own has room and repetitions of its own: what others do is
	// never a reason to leave it out.
	at := c.place(&s)
	if at < 0 {
		c.source.Left++
		return
	}
	c.order++
	s.order = c.order
	s.detach()
	c.seen[at] = s
}

// detach copies the texts of an observation. Those of a record are parts of what was
// read with it, up to 64 KiB, which would stay in memory for as long as they do.
func (s *seen) detach() {
	for _, text := range []*string{&s.name, &s.member, &s.sid, &s.group, &s.written, &s.remark, &s.actor, &s.excerpt, &s.note, &s.quote, &s.computer, &s.logon, &s.asked, &s.groupName, &s.rule} {
		*text = strings.Clone(*text)
	}
	for key, value := range s.shows {
		if text, ok := value.(string); ok {
			s.shows[key] = strings.Clone(text)
		}
	}
	if s.attribution != nil {
		s.attribution.Note = strings.Clone(s.attribution.Note)
	}
}

// matter takes something for the chronology.
func (c *collector) matter(e *event, what string) {
	if len(c.matters) >= mostMatters {
		c.count("further matters for the chronology")
		return
	}
	at, local := e.when()
	c.matters = append(c.matters, matter{at, local, strings.Clone(what), e.locator(c.member)})
}

// called notes what a record calls an account. What made it says best.
func (c *collector) called(sid, name string, rank int) {
	if sid == "" || name == "" || len(c.names) >= mostNames {
		return
	}
	if known, ok := c.names[sid]; !ok || rank > known.rank {
		c.names[strings.Clone(sid)] = accountName{strings.Clone(name), rank}
	}
}

// tally counts a record for the period and the channels.
func (c *collector) tally(e *event) {
	c.source.Read++
	if c.meter != nil {
		c.meter.Records.Add(1)
	}
	ch := c.channels[e.Channel]
	if ch == nil {
		if len(c.channels) >= mostChannels {
			return
		}
		ch = &channel{name: strings.Clone(e.Channel), events: map[uint32]int{}}
		c.channels[ch.name] = ch
	}
	ch.records++
	if ch.events[e.EventID] > 0 || len(ch.events) < mostChannels {
		ch.events[e.EventID]++
	}
	if ch.low == 0 || e.RecordID < ch.low {
		ch.low = e.RecordID
	}
	ch.high = max(ch.high, e.RecordID)
	ch.ids += mixed(e.RecordID)
	ch.from(e.Computer)
	t, _ := e.when()
	if t.IsZero() {
		return
	}
	if ch.first.IsZero() || t.Before(ch.first) {
		ch.first = t
	}
	if t.After(ch.last) {
		ch.last = t
	}
	ch.local = ch.local || e.local
	if e.Computer != "" && (len(c.computers) == 0 || c.computers[len(c.computers)-1] != e.Computer) {
		c.computer(e.Computer)
	}
}

func (c *collector) computer(name string) {
	for _, known := range c.computers {
		if strings.EqualFold(known, name) {
			return
		}
	}
	if len(c.computers) < mostChannels {
		c.computers = append(c.computers, strings.Clone(name))
	}
}

// event takes one record.
func (c *collector) event(e *event) {
	c.tally(e)
	c.tree.saw(e)
	provider := strings.ToLower(e.Provider)
	switch {
	case provider == "microsoft-windows-sysmon":
		c.sysmon(e)
	case strings.EqualFold(e.Channel, "Security") && (provider == "microsoft-windows-security-auditing" || provider == ""):
		c.security(e)
	case provider == "microsoft-windows-eventlog":
		c.eventlog(e)
	case strings.TrimPrefix(provider, "microsoft-windows-") == "service control manager" && e.EventID == 7045: // Splunk's agent writes the long name
		c.serviceInstalled(e)
	case provider == "microsoft-windows-windows firewall with advanced security":
		c.firewall(e)
	case provider == "msiinstaller":
		c.installer(e)
	case provider == "microsoft-windows-taskscheduler":
		c.taskScheduler(e)
	case provider == "microsoft-windows-kernel-general" && e.EventID == 12, provider == "eventlog" && e.EventID == 6005:
		c.tree.booted(e.Computer)
	}
}

// security takes an event of the Security log.
func (c *collector) security(e *event) {
	switch e.EventID {
	case 4608:
		c.tree.booted(e.Computer)
	case 4688:
		c.processCreated(e)
	case 4689:
		c.tree.ended(e.Computer, e.get("ProcessId"))
		c.tree.exited(e)
	case 4720, 4722, 4723, 4724, 4725, 4726, 4738, 4740, 4767, 4781:
		c.account(e)
	case 4728, 4729, 4732, 4733, 4756, 4757:
		c.membership(e)
	case 4704, 4705, 4717, 4718:
		c.right(e)
	case 4697:
		c.serviceInstalled(e)
	case 4698, 4699, 4700, 4701, 4702:
		c.task(e)
	case 4946, 4947, 4948:
		c.firewallRule(e)
	case 4950:
		c.literal(e, "firewall_setting_changed", e.get("SubjectUserSid"))
		c.firewallSetting(e)
	case 4657:
		c.registryAudit(e)
	case 4670:
		c.permissions(e)
	case 4907:
		c.literal(e, "sacl_changed", e.get("SubjectUserSid"))
		c.count("4907: what is audited was changed (not access)")
	case 4719:
		c.literal(e, "audit_policy_changed", e.get("SubjectUserSid"))
		c.matter(e, cut("audit policy changed, "+strings.Join(stated("by ", e.actor(), "", e.excerpt("CategoryId", "SubcategoryGuid", "AuditPolicyChanges")), ": "), 300))
	case 1102:
		c.eventlog(e)
	}
}

// stated gives words with their values, without those that the record leaves empty.
func stated(pairs ...string) []string {
	var parts []string
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			parts = append(parts, pairs[i]+pairs[i+1])
		}
	}
	return parts
}

// eventlog takes the clearing of a log.
func (c *collector) eventlog(e *event) {
	switch e.EventID {
	case 1102:
		c.literal(e, "log_cleared", e.get("SubjectUserSid"))
	case 104:
	default:
		return
	}
	log := e.get("Channel")
	if log == "" {
		log = "Security"
	}
	if ch := c.channels[e.Channel]; ch != nil && strings.EqualFold(log, e.Channel) {
		ch.cleared = true
	}
	c.matter(e, cut("log cleared: "+strings.Join(stated("", log, "by ", e.actor()), ", "), 300))
}
