package listing

import (
	"slices"
	"strings"
)

// net user NAME, console text. The labels are localised, their order is fixed:
//
//	User name                    ks-admin        ユーザー名                   ks-admin
//	Full Name                                    フル ネーム
//	Comment                                      コメント
//	User's comment                               ユーザーのコメント
//	Country/region code          000 (…)         国/地域番号                  000 (…)
//	Account active               Yes             アカウント有効               Yes
//	…
//	Local Group Memberships      *Administrators       *Users
//	Global Group memberships     *None
//
// Limits. Whether it is active is read from the sixth line as Yes or No (はい,
// いいえ); other words leave it unstated. Groups are names without SIDs; group names
// that are longer than their column can run together.

// netUserLabels are the first label in the languages that are known here.
var netUserLabels = []string{"User name", "ユーザー名", "Benutzername", "Nom d'utilisateur", "Nombre de usuario"}

func isNetUser(s section) bool {
	l, ok := s.first()
	if !ok {
		return false
	}
	cols := columns(l.text)
	if len(cols) != 2 || l.indented() {
		return false
	}
	if slices.Contains(netUserLabels, cols[0]) {
		return true
	}
	args := s.args("net")
	return len(args) >= 2 && strings.EqualFold(args[0], "user") && strings.EqualFold(args[1], cols[1])
}

func (r *reader) netUser(s section) {
	r.format("net user NAME")
	end, closed := ending(s.lines)
	lines := s.lines
	if closed {
		r.take(lines[end])
		lines = lines[:end]
	}
	var e Entity
	row, block := 0, 0
	for _, l := range lines {
		if l.blank() {
			continue
		}
		row++
		origin := r.take(l)
		cols := columns(l.text)
		switch {
		case row == 1:
			e = Entity{Kind: Account, Name: cols[1], Origin: origin}
		case row == 6 && len(cols) == 2:
			e.Facts = append(e.Facts, facts(origin, "enabled", yesNo(cols[1]))...)
		case strings.Contains(l.text, "  *") || strings.HasPrefix(l.text, "*"):
			if !l.indented() && !strings.HasPrefix(l.text, "*") {
				block++
			}
			if block == 1 {
				e.Members = append(e.Members, starred(l.text, origin)...)
			}
		}
	}
	e.Complete = closed && block >= 1
	if !closed {
		r.lose(e.Origin.Line, "the closing line is missing: what follows may be cut")
	}
	r.add(e)
	for _, g := range e.Members {
		group := groupEntity(g.Name, "", g.Origin)
		group.Members = []Member{{Name: e.Name, Local: true, Origin: g.Origin}}
		r.add(group)
	}
	r.cover(Coverage{Kind: Account, Scope: fold(e.Name), Origin: e.Origin})
}

func starred(text string, origin Origin) []Member {
	var groups []Member
	for _, part := range strings.Split(text, "*")[1:] {
		if name := strings.TrimSpace(part); name != "" {
			groups = append(groups, Member{Name: name, Local: true, Origin: origin})
		}
	}
	return groups
}

// yesNo reads an answer in the languages that are known here, or gives "".
func yesNo(s string) string {
	switch fold(strings.TrimSpace(s)) {
	case "yes", "true", "はい", "有効", "ja", "oui", "sí":
		return "true"
	case "no", "false", "いいえ", "無効", "nein", "non":
		return "false"
	}
	return ""
}
