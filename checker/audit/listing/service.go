package listing

import (
	"regexp"
	"strings"
)

// sc query [state= all] and sc qc NAME, console text:
//
//	SERVICE_NAME: KeyStoreSvc
//	DISPLAY_NAME: 鍵保管サービス
//	        TYPE               : 10  WIN32_OWN_PROCESS
//	        STATE              : 4  RUNNING
//
// (Microsoft's sc pages; published outputs.) The values are English words even where
// labels are not; so type, state and start are read by the values, and the program
// by its place, the fourth of sc qc.
//
// Limits. sc query without "state= all" shows running services only: the list counts
// as complete only if a stopped one is in it, and the last is not shorter than the
// others; nothing ends the list, so that one that is cut between two services looks
// whole. Drivers are a list of their own. sc
// query shows no program and no account; sc qc shows them for one service. Services
// whose name ends in _ and hexadecimal digits are made for each sign-in; they say so.

var (
	serviceType  = regexp.MustCompile(`^([0-9a-fA-F]+) +([A-Z0-9_]*(?:PROCESS|DRIVER|ADAPTER)[A-Z0-9_]*|ERROR|.*\(interactive\))`)
	serviceState = regexp.MustCompile(`^([1-7]) +([A-Z_]*(?:RUNNING|STOPPED|PAUSED|PENDING))`)
	serviceStart = regexp.MustCompile(`^([0-4]) +((?:BOOT|SYSTEM|AUTO|DEMAND)_START|DISABLED)(.*)$`)
	perUser      = regexp.MustCompile(`^.+_[0-9a-f]{3,8}$`)
)

// IsPerUser reports whether a name has the form of a service that Windows makes for
// each sign-in: a service's name and the low half of the sign-in's id.
func IsPerUser(name string) bool { return perUser.MatchString(name) }

var serviceNames = []string{"SERVICE_NAME:", "サービス名:", "サービス名 :"}

func serviceName(text string) (string, bool) {
	for _, label := range serviceNames {
		if rest, ok := strings.CutPrefix(text, label); ok && strings.TrimSpace(rest) != "" {
			return strings.TrimSpace(rest), true
		}
	}
	return "", false
}

func isSC(s section) bool {
	for _, l := range s.lines {
		if _, ok := serviceName(l.text); ok {
			return true
		}
	}
	return false
}

func (r *reader) sc(s section) {
	r.format("sc")
	stopped := map[string]bool{}
	first := map[string]Origin{}
	least, last := 0, 0 // lines of the shortest service, and of the last
	for i := 0; i < len(s.lines); {
		name, ok := serviceName(s.lines[i].text)
		if !ok {
			s.open = s.open || last > 0 && !s.lines[i].blank()
			i++
			continue
		}
		end := i + 1
		for ; end < len(s.lines) && !s.lines[end].blank(); end++ {
			if _, next := serviceName(s.lines[end].text); next {
				break
			}
		}
		e := r.service(name, s.lines[i:end])
		if last > 0 && (least == 0 || last < least) {
			least = last
		}
		last, i = end-i, end
		if _, ok := first[e.scope]; !ok {
			first[e.scope] = e.Origin
		}
		state, _ := e.Fact("state")
		stopped[e.scope] = stopped[e.scope] || state.Value == "STOPPED"
		r.add(e)
	}
	if s.open || r.unended || last < least {
		return
	}
	for scope, at := range first {
		if stopped[scope] && len(first) > 0 && r.manyServices(scope) {
			r.cover(Coverage{Kind: Service, Scope: scope, Origin: at})
		}
	}
}

// manyServices tells a list from the answer for one service: no machine has fewer
// than ten of a sort.
func (r *reader) manyServices(scope string) bool {
	n := 0
	for _, e := range r.snap.Entities {
		if e.Kind == Service && e.scope == scope {
			n++
		}
	}
	return n >= 10
}

func (r *reader) service(name string, block []line) Entity {
	e := Entity{Kind: Service, Name: name, Origin: r.take(block[0]), scope: "service"}
	place := 0
	for _, l := range block[1:] {
		origin := r.take(l)
		label, value, ok := strings.Cut(l.text, ":")
		if !ok || strings.TrimSpace(label) == "" { // a further dependency has no label
			continue
		}
		value = strings.TrimSpace(value)
		if !l.indented() {
			e.Facts = append(e.Facts, facts(origin, "display name", value)...)
			continue
		}
		place++
		if m := serviceType.FindStringSubmatch(value); m != nil && place == 1 {
			e.Facts = append(e.Facts, facts(origin, "type", m[2])...)
			if strings.Contains(m[2], "DRIVER") {
				e.scope = "driver"
			}
		} else if m := serviceState.FindStringSubmatch(value); m != nil && place == 2 {
			e.Facts = append(e.Facts, facts(origin, "state", m[2])...)
		} else if m := serviceStart.FindStringSubmatch(value); m != nil && place == 2 {
			e.Facts = append(e.Facts, facts(origin, "start", strings.TrimSpace(m[2]+m[3]))...)
		} else if strings.TrimSpace(label) == "BINARY_PATH_NAME" || place == 4 && hasFact(e, "start") {
			e.Facts = append(e.Facts, facts(origin, "program", value)...)
		} else if strings.TrimSpace(label) == "SERVICE_START_NAME" || place == 9 && hasFact(e, "start") {
			e.Facts = append(e.Facts, facts(origin, "account", value)...)
		} else if strings.TrimSpace(label) == "DISPLAY_NAME" || place == 7 && hasFact(e, "start") {
			e.Facts = append(e.Facts, facts(origin, "display name", value)...)
		}
	}
	if IsPerUser(name) {
		e.Caveats = append(e.Caveats, "a service of this form of name is made by Windows for each sign-in")
	}
	return e
}

func hasFact(e Entity, name string) bool {
	_, ok := e.Fact(name)
	return ok
}
