package observe

import (
	"regexp"
	"strings"

	"jobun/checker/audit"
)

// account takes 4720, 4722, 4724, 4725, 4726, 4738 and 4781. The account is known by
// TargetSid; the name is what 4720 calls it.
func (c *collector) account(e *event) {
	sid, name, by := e.get("TargetSid"), e.get("TargetUserName"), e.get("SubjectUserSid")
	rank := 1
	if e.EventID == 4720 {
		rank = 3
	}
	if e.EventID == 4781 {
		name = e.get("OldTargetUserName")
	}
	c.called(sid, name, rank)
	s := seen{kind: "account", sid: sid, name: name, asked: name, attribution: c.setup(e, sid)}
	s.excerpt = e.excerpt("TargetUserName", "TargetDomainName", "TargetSid", "OldTargetUserName", "NewTargetUserName",
		"SubjectUserName", "SubjectDomainName", "SubjectUserSid", "SubjectLogonId", "NewUacValue")
	switch e.EventID {
	case 4720:
		c.literal(e, "account_created", by)
		s.action = "account.create"
		if sid != "" {
			s.shows = map[string]any{"sid": sid}
		}
	case 4722:
		c.literal(e, "account_enabled", by)
		s.action = "account.enable"
	case 4725:
		c.literal(e, "account_disabled", by)
		s.action = "account.disable"
	case 4726:
		c.literal(e, "account_deleted", by)
		s.action = "account.delete"
		s.note = "4726 alone does not show that nothing of the account remains"
	case 4738:
		s.action = "account.change"
	case 4781:
		if strings.EqualFold(name, e.get("NewTargetUserName")) {
			c.count("4781: renamed to the same name")
			return
		}
		s.action = "account.change"
		s.note = strings.Join(stated("renamed to ", cut(e.get("NewTargetUserName"), 100)), "")
	case 4724:
		s.action = "account.change"
		s.note = "a reset of the password was attempted (4724)"
	default:
		c.count("4723, 4740, 4767: password change, lock, unlock")
		return
	}
	if sid == "" && name == "" {
		c.misread(e, "names no account")
		return
	}
	c.keep(e, s)
}

// membership takes additions to and removals from security groups. Only the group's
// SID says which it is.
func (c *collector) membership(e *event) {
	group, member, by := e.get("TargetSid"), e.get("MemberSid"), e.get("SubjectUserSid")
	s := seen{action: "group.add", kind: "account", sid: member, group: group, groupName: e.get("TargetUserName"), attribution: c.setup(e, member)}
	switch e.EventID {
	case 4732:
		switch group {
		case audit.AdministratorsSID:
			c.literal(e, "admin_group_added", by)
		case "": // which group it was, the record does not say
		default:
			c.literal(e, "group_added_other", by)
		}
	case 4733, 4729, 4757:
		s.action = "group.remove"
	}
	if strings.HasPrefix(group, "S-1-5-21-") && strings.HasSuffix(group, "-513") {
		c.count("4728, 4729: the primary group that every account has (RID 513)")
		return
	}
	if group == "" || member == "" {
		c.misread(e, "names no group or no member")
		return
	}
	// For local accounts Windows writes "-" in place of the member's name.
	if name, _, ok := strings.Cut(strings.TrimPrefix(e.get("MemberName"), "CN="), ","); ok || name != "" {
		c.called(member, name, 0)
		s.name = name
	}
	s.excerpt = e.excerpt("MemberName", "MemberSid", "TargetUserName", "TargetDomainName", "TargetSid",
		"SubjectUserName", "SubjectDomainName", "SubjectUserSid", "SubjectLogonId")
	c.keep(e, s)
}

// right takes user rights given and taken. A right whose name begins with SeDeny
// takes something away when it is given.
func (c *collector) right(e *event) {
	right := e.get("PrivilegeList")
	if right == "" {
		right = e.get("AccessGranted")
	}
	if right == "" {
		right = e.get("AccessRemoved")
	}
	sid := e.get("TargetSid")
	if sid == "" || right == "" {
		c.misread(e, "names no account or no right")
		return
	}
	excerpt := e.excerpt("TargetSid", "PrivilegeList", "AccessGranted", "AccessRemoved", "SubjectUserName", "SubjectUserSid", "SubjectLogonId")
	for _, one := range strings.Fields(right) { // a record can hold several, a line each
		s := seen{action: "right.grant", kind: "account", sid: sid, quote: cut(one, 200), excerpt: excerpt}
		denies := strings.HasPrefix(one, "SeDeny")
		if given := e.EventID == 4704 || e.EventID == 4717; given == denies {
			s.action = "right.deny"
		}
		c.keep(e, s)
	}
}

// setupName is what a machine is called before it is given a name: WIN- and eleven
// letters or digits, or MINWINPC.
var setupName = regexp.MustCompile(`^(WIN-[A-Z0-9]{11}|MINWINPC)\$$`)

// firstRecords is how early in a log Windows setup makes an account.
const firstRecords = 2000

// firstRID finds the ids that Windows gives first. Windows 7 makes the user's account as
// 1000, Windows 10 makes one of its own for setup before it (osq_Security_4738.xml).
var firstRID = regexp.MustCompile(`-(1000|1001)$`)

// setup attributes to Windows setup what the record shows to be its: SYSTEM under
// the name that a machine has before it is named, early in its log, on an account with
// one of the first ids. A server can keep such a name, so the name alone is not enough, and
// SYSTEM alone is not either. A command of the subject that names it weighs more.
func (c *collector) setup(e *event, sid string) *audit.Attribution {
	name := e.get("SubjectUserName")
	if e.get("SubjectUserSid") != "S-1-5-18" || !setupName.MatchString(name) || e.RecordID == 0 || e.RecordID > firstRecords {
		return nil
	}
	short, _, _ := strings.Cut(e.Computer, ".")
	renamed := !strings.EqualFold(strings.TrimSuffix(name, "$"), short)
	rid := firstRID.FindStringSubmatch(sid)
	if !renamed || rid == nil {
		return nil
	}
	return &audit.Attribution{To: "other", Basis: "stated",
		Note: "the record names Windows setup: S-1-5-18 as " + name + ", a name that the machine had before it was called " + short + ", in the first records of the log, on the account of RID " + rid[1]}
}

// misread counts a record of a kind that matters and does not say what it should.
func (c *collector) misread(e *event, why string) {
	c.source.Bad++
	c.note(e.locator(c.member) + ": " + why)
}

// note keeps a remark on the file, if there is room.
func (c *collector) note(text string) {
	if len(c.source.Notes) < 20 {
		c.source.Notes = append(c.source.Notes, text)
	}
}
