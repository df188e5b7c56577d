package checker

import (
	"slices"
	"strings"
	"testing"
)

func TestOtherSide(t *testing.T) {
	rule := tiny{clauses: []string{
		element("weak", "account.hidden"), element("against", "account.administrator"), element("torn", "account.made"),
		element("said-not", "not account.deleted"), element("firm", "computer.networked"),
		"[[element]]\nid = \"judged\"\nja = \"語\"\nnature = \"evaluative\"\nask = { ja = \"問\", en = \"q\" }\nagainst = [\"account.remote_sign_in_denied\"]\n",
		exception("defence", "denied", "account.made_remotely"), exception("defence", "open", "account.remains_after_uninstall"),
		exception("defence", "raised", "account.secret_known_to_publisher"), exception("defence", "alleged", "account.remote_sign_in_allowed"),
		exception("defence", "shown", "account.enabled"), exception("defence", "denied-in-words", "account.made_by_subject"),
	}}
	b := book(t, map[string]string{"terms/q.toml": rule.text()})
	computer := "[[observation]]\nid = \"net\"\naction = \"computer.seen\"\ntarget = \"computer\"\nexhibit = \"E1\"\nbasis = \"recorded\"\nshows = { networked = true }\n"
	res := check(t, b, report(t, computer+
		seen("o1", "a", "administrator = false, made = true, enabled = true, made_remotely = false, remote_sign_in_denied = true", "recorded")+
		seen("o2", "a", "made = false, deleted = true, remote_sign_in_allowed = true, made_by_subject = false", "alleged")+
		says("raise", "提供者", "supports", "raised", "")+
		says("s1", "提供者", "opposes", "firm", "")+says("s2", "提供者", "opposes", "weak", "")+
		says("s3", "利用者", "opposes", "weak", "")+says("w", "提供者", "supports", "firm", `withdraws = "s1"`)+
		"[[statement]]\nid = \"reply\"\nby = \"利用者\"\nexhibit = \"E2\"\ntext = \"応答\"\nanswers = [\"s3\"]\n"), nil)
	o := res.OtherSide(only(t, res))

	var exceptions, contrary, rebuttals, weak []string
	for _, a := range o.Exceptions {
		exceptions = append(exceptions, a.Clause.ID)
	}
	for _, c := range o.Contrary {
		words := []string{c.Answer.Clause.ID}
		for _, f := range c.Facts {
			words = append(words, f.Field.Name)
		}
		contrary = append(contrary, strings.Join(words, " "))
	}
	for _, r := range o.Rebuttals {
		word := r.Statement.ID
		if !r.Stands {
			word += " falls"
		}
		for _, reply := range r.Replies {
			word += " < " + reply.ID
		}
		rebuttals = append(rebuttals, word)
	}
	for _, a := range o.Weak {
		weak = append(weak, a.Clause.ID)
	}
	for _, c := range []struct {
		of         string
		have, want []string
	}{
		{"exceptions", exceptions, []string{"shown", "alleged", "raised", "open", "denied-in-words", "denied"}},
		{"contrary", contrary, []string{"against administrator", "torn made", "said-not deleted", "judged remote_sign_in_denied"}},
		{"rebuttals", rebuttals, []string{"s2", "s3 < reply", "s1 falls"}},
		{"weak", weak, []string{"weak", "said-not", "judged"}},
	} {
		if !slices.Equal(c.have, c.want) {
			t.Errorf("%s: have %q, want %q", c.of, c.have, c.want)
		}
	}
}

// The other side is given every exception and every statement that opposes, of every
// finding: nothing is left out to look better.
func TestOtherSideLeavesNothingOut(t *testing.T) {
	b := book(t, map[string]string{"terms/q.toml": tiny{clauses: []string{element("e", "account.hidden"), exception("defence", "x", "account.enabled")}}.text()})
	res := check(t, b, report(t, seen("o", "a", "hidden = true", "recorded")+seen("p", "b", "hidden = true", "recorded")+
		says("s", "提供者", "opposes", "e", "")+says("t", "提供者", "opposes", "x", "")+says("u", "提供者", "opposes", "", "")), nil)
	for _, f := range res.Findings {
		o := res.OtherSide(f)
		if len(o.Exceptions) != len(f.Exceptions) || len(o.Rebuttals) != 3 {
			t.Errorf("%s: %d exceptions, %d statements that oppose; want %d and 3", f.Entity.ID, len(o.Exceptions), len(o.Rebuttals), len(f.Exceptions))
		}
	}
}
