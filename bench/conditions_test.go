package bench

import (
	"slices"
	"testing"

	"jobun/checker"
	"jobun/rules"
)

// condition is one condition of the rulebook and what it is in the languages of
// the rivals. Of a behaviour, behaviour is what it is worked out from.
type condition struct {
	name, kind string
	jobun      string
	behaviour  string
	cel        string
	rego       string // the body of a rule
	helper     string // rules that it reads: Rego has no || within one
}

// conditions are those of the rulebook that the engines are asked: of one fact and
// of several, of the entity and of the machine, and of lists with any and none.
func conditions() []condition {
	return []condition{
		{
			name: "made-remotely", kind: "account",
			jobun: "account.made_remotely",
			cel:   "account.made_remotely",
			rego:  "input.account.made_remotely",
		}, {
			name: "made-available", kind: "account",
			jobun: "account.enabled && account.remote_sign_in_allowed && account.secret_known_to_publisher",
			cel:   "account.enabled && account.remote_sign_in_allowed && account.secret_known_to_publisher",
			rego:  "input.account.enabled; input.account.remote_sign_in_allowed; input.account.secret_known_to_publisher",
		}, {
			name: "by-the-administrator", kind: "account",
			jobun: "account.ordered_by in computer.access_administrators",
			cel:   "account.ordered_by in computer.access_administrators",
			rego:  "input.account.ordered_by in data.computer.access_administrators",
		}, {
			name: "agreed", kind: "account",
			jobun:     "account.agreed",
			behaviour: `any(consents, .given && .after_notice && "account" in .covers && .by in computer.access_administrators && .at <= account.made_at)`,
			cel:       `consents.exists(c, c.given && c.after_notice && "account" in c.covers && c.by in computer.access_administrators && c.at <= account.made_at)`,
			rego:      `some c in data.consents; c.given; c.after_notice; "account" in c.covers; c.by in data.computer.access_administrators; c.at <= input.account.made_at`,
		}, {
			name: "announced", kind: "account",
			jobun:     "account.announced",
			behaviour: `any(notices, .to_users && "account" in .covers && .at <= account.made_at)`,
			cel:       `notices.exists(n, n.to_users && "account" in n.covers && n.at <= account.made_at)`,
			rego:      `some n in data.notices; n.to_users; "account" in n.covers; n.at <= input.account.made_at`,
		}, {
			name: "executed", kind: "release",
			jobun:  "release.offered_by_publisher && (release.reached_users_computer || release.ran_on_users_computer)",
			cel:    "release.offered_by_publisher && (release.reached_users_computer || release.ran_on_users_computer)",
			rego:   "input.release.offered_by_publisher; reached_or_ran",
			helper: "reached_or_ran if input.release.reached_users_computer\nreached_or_ran if input.release.ran_on_users_computer",
		}, {
			name: "not-executed", kind: "release",
			jobun: "not release.reached_users_computer && not release.ran_on_users_computer",
			cel:   "!release.reached_users_computer && !release.ran_on_users_computer",
			rego:  "not input.release.reached_users_computer; not input.release.ran_on_users_computer",
		}, {
			name: "exceeds", kind: "release",
			jobun: "release.offered_by_publisher && release.exceeds_examined_version",
			cel:   "release.offered_by_publisher && release.exceeds_examined_version",
			rego:  "input.release.offered_by_publisher; input.release.exceeds_examined_version",
		}, {
			name: "with-consent", kind: "sign_in",
			jobun:  "sign_in.administrator_agreed || sign_in.code_holder_agreed",
			cel:    "sign_in.administrator_agreed || sign_in.code_holder_agreed",
			rego:   "agreed_by_either",
			helper: "agreed_by_either if input.sign_in.administrator_agreed\nagreed_by_either if input.sign_in.code_holder_agreed",
		}, {
			name: "residual-ground", kind: "certificate",
			jobun: `certificate.revoked_ground contains "その他"`,
			cel:   `certificate.revoked_ground.contains("その他")`,
			rego:  `contains(input.certificate.revoked_ground, "その他")`,
		}, {
			name: "refunded-before", kind: "certificate",
			jobun: "any(fees, .refunded && .at < certificate.revoked_at)",
			cel:   "fees.exists(f, f.refunded && f.at < certificate.revoked_at)",
			rego:  "some f in data.fees; f.refunded; f.at < input.certificate.revoked_at",
		}, {
			name: "not-announced", kind: "agreement",
			jobun:  `none(notices, .to_users && "account" in .covers && .at <= agreement.at)`,
			cel:    `!notices.exists(n, n.to_users && "account" in n.covers && n.at <= agreement.at)`,
			rego:   "not announced_before",
			helper: `announced_before if { some n in data.notices; n.to_users; "account" in n.covers; n.at <= input.agreement.at }`,
		}, {
			name: "not-told", kind: "agreement",
			jobun: `"account" not in agreement.conditions_told`,
			cel:   `!("account" in agreement.conditions_told)`,
			rego:  `not "account" in input.agreement.conditions_told`,
		},
	}
}

// kinds are the kinds of entity that the conditions are asked of, each with the
// fact that dates it.
func kinds() []struct{ name, anchor string } {
	return []struct{ name, anchor string }{
		{"account", "made_at"}, {"release", "at"}, {"sign_in", "at"}, {"certificate", "revoked_at"}, {"agreement", "at"},
	}
}

// ofKind gives the conditions that are asked of a kind.
func ofKind(kind string) []condition {
	return slices.DeleteFunc(conditions(), func(c condition) bool { return c.kind != kind })
}

// TestConditionsAreOfTheRulebook fails when the rulebook has moved on.
func TestConditionsAreOfTheRulebook(t *testing.T) {
	book, problems := checker.Load(rules.Files)
	if len(problems) > 0 {
		t.Fatal(problems.Render(80))
	}
	var known []string
	for _, r := range book.Rules {
		for _, c := range r.Clauses() {
			known = append(known, c.When)
		}
	}
	for _, b := range book.Behaviours {
		known = append(known, b.Fact, b.When)
	}
	for _, c := range conditions() {
		for _, text := range []string{c.jobun, c.behaviour} {
			if text != "" && !slices.Contains(known, text) {
				t.Errorf("%s: no clause or behaviour of the rulebook reads\n\t%s", c.name, text)
			}
		}
	}
}
