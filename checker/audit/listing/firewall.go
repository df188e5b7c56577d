package listing

import (
	"regexp"
	"strconv"
	"strings"
)

// firewallObjects reads objects of Get-NetFirewallRule. Ports, program and addresses
// are not among them: those are other cmdlets' (the collecting script asks netsh
// besides). Enumerations by number: Enabled 1 yes 2 no, Direction 1 in 2 out, Action
// 2 allow 4 block (MSFT_NetFirewallRule).
func (r *reader) firewallObjects(items []jsonItem) {
	r.format("Get-NetFirewallRule")
	windows := false
	for _, it := range items {
		o := it.object
		id := o.text("name")
		if id == "" {
			id = o.text("instanceid")
		}
		name := o.text("displayname")
		if name == "" {
			name = id
		}
		if name == "" {
			r.lose(it.at.Line, "a firewall rule without a name")
			continue
		}
		group := o.text("group")
		if group == "" {
			group = o.text("rulegroup")
		}
		windows = windows || strings.HasPrefix(fold(group), "@firewallapi.dll")
		r.add(Entity{Kind: FirewallRule, Name: name, Origin: it.at, scope: "get-netfirewallrule",
			id: "ps " + fold(id), Facts: facts(it.at,
				"action", coded(o.text("action"), "2", "allow", "4", "block"),
				"direction", coded(o.text("direction"), "1", "in", "2", "out", "inbound", "in", "outbound", "out"),
				"enabled", coded(o.text("enabled"), "1", "true", "2", "false"),
				"group", group, "id", id, "profile", fold(o.text("profile")))})
	}
	if windows {
		r.cover(Coverage{Kind: FirewallRule, Scope: "get-netfirewallrule", Origin: items[0].at})
	}
}

// coded gives the word for a number or another word, or else the folded text.
func coded(s string, pairs ...string) string {
	s = fold(strings.TrimSpace(s))
	for i := 0; i+1 < len(pairs); i += 2 {
		if s == pairs[i] {
			return pairs[i+1]
		}
	}
	return s
}

// netsh advfirewall firewall show rule name=all [verbose], console text: for each
// rule a label and its name, a line of hyphens, and labels with values.
//
//	規則名:                               KeyStore
//	----------------------------------------------------------------------
//	有効:                                 はい
//	方向:                                 入力
//	操作:                                 許可
//
// (Published English and Japanese outputs.) Limits. The labels are localised; those
// of Japanese and English are known, others are kept as they are. Rules have no
// identity: two of one name and direction are told apart by their order. The
// program is shown with "verbose" only.

// hyphens are 70 under the name of a rule.
var hyphens = regexp.MustCompile(`^-{40,}$`)

var netshLabels = map[string]string{
	"enabled": "enabled", "有効": "enabled", "direction": "direction", "方向": "direction",
	"profiles": "profile", "プロファイル": "profile", "grouping": "group", "グループ": "group", "グループ化": "group",
	"action": "action", "操作": "action", "program": "program", "プログラム": "program",
	"localip": "local address", "ローカル ip": "local address", "remoteip": "remote address", "リモート ip": "remote address",
	"protocol": "protocol", "プロトコル": "protocol", "localport": "local ports", "ローカル ポート": "local ports",
	"remoteport": "remote ports", "リモート ポート": "remote ports", "edge traversal": "edge traversal", "エッジ トラバーサル": "edge traversal",
	"service": "service", "サービス": "service", "description": "description", "説明": "description",
}

var netshWords = []string{"yes", "true", "はい", "true", "no", "false", "いいえ", "false", "入力", "in", "出力", "out",
	"allow", "allow", "許可", "allow", "block", "block", "ブロック", "block", "bypass", "bypass"}

// labelled splits "label:   value" of netsh, whose values begin at column 38.
func labelled(text string) (label, value string, ok bool) {
	at := strings.IndexByte(text, ':')
	if at <= 0 || text[0] == ' ' {
		return "", "", false
	}
	return strings.TrimSpace(text[:at]), strings.TrimSpace(text[at+1:]), true
}

// rules finds the lines of hyphens under a label.
func netshRule(lines []line, i int) bool {
	if i == 0 || !hyphens.MatchString(lines[i].text) {
		return false
	}
	_, value, ok := labelled(lines[i-1].text)
	return ok && value != ""
}

func isNetsh(s section) bool {
	for i := range s.lines {
		if netshRule(s.lines, i) && i+1 < len(s.lines) {
			_, _, ok := labelled(s.lines[i+1].text)
			return ok
		}
	}
	return false
}

func (r *reader) netsh(s section) {
	r.format("netsh advfirewall")
	seen := map[string]int{}
	names := map[string]bool{}
	ways := map[string]Origin{}
	var e *Entity
	flush := func() {
		if e == nil {
			return
		}
		way, ok := e.Fact("direction")
		if !ok {
			r.lose(e.Origin.Line, "a firewall rule without its direction: it may be cut")
			e = nil
			return
		}
		key := fold(e.Name) + "\x00" + way.Value
		seen[key]++
		e.id = "netsh " + key + "\x00" + strconv.Itoa(seen[key])
		e.scope = "netsh " + way.Value
		if seen[key] > 1 {
			e.Caveats = append(e.Caveats, "one of several rules of this name: told apart by their order only")
		}
		names[fold(e.Name)] = true
		if _, ok := ways[way.Value]; !ok {
			ways[way.Value] = e.Origin
		}
		r.add(*e)
		e = nil
	}
	for i, l := range s.lines {
		label, value, ok := labelled(l.text)
		switch {
		case r.last(l): // it may be cut
		case i+1 < len(s.lines) && netshRule(s.lines, i+1):
			flush()
			e = &Entity{Kind: FirewallRule, Name: value, Origin: r.take(l)}
			r.take(s.lines[i+1])
		case ok && e != nil:
			if known := netshLabels[fold(label)]; known != "" {
				label, value = known, coded2(known, value)
			}
			e.Facts = append(e.Facts, facts(r.take(l), label, value)...)
		}
	}
	flush()
	if len(names) < 2 || s.open || r.unended {
		return
	}
	for way, at := range ways {
		r.cover(Coverage{Kind: FirewallRule, Scope: "netsh " + way, Origin: at})
	}
}

// coded2 gives the words of netsh for yes, in, allow and the like one form.
func coded2(label, value string) string {
	switch label {
	case "enabled", "direction", "action", "edge traversal":
		return coded(value, netshWords...)
	}
	return value
}
