package audit

// Addressee is who keeps the record of a fact or could tell it: to whom a question
// about it goes.
type Addressee string

// The addressees, in the order in which questions to them are listed.
const (
	AskPublisher     Addressee = "publisher"     // 提供者
	AskUser          Addressee = "user"          // 利用者: who applied, paid, consented, used
	AskAdministrator Addressee = "administrator" // who keeps the computer, its logs and listings
	AskAuthority     Addressee = "authority"     // 主務官庁: accreditation and its papers
	AskAssociation   Addressee = "association"   // the body that work was entrusted to
	AskReviewer      Addressee = "reviewer"      // the person who answers evaluative and subjective clauses
	AskParty         Addressee = "party"         // the party that made a statement
)

// Addressees lists them in their fixed order.
func Addressees() []Addressee {
	return []Addressee{AskPublisher, AskUser, AskAdministrator, AskAuthority, AskAssociation, AskReviewer, AskParty}
}

// Title is the addressee in the words of the program.
func (a Addressee) Title() Text {
	switch a {
	case AskPublisher:
		return say("提供者", "the publisher")
	case AskUser:
		return say("利用者（証人）", "the user (a witness)")
	case AskAdministrator:
		return say("対象の電子計算機の管理者・解析担当", "who administers or examines the computer")
	case AskAuthority:
		return say("主務官庁", "the competent authority")
	case AskAssociation:
		return say("業務を受託した団体", "the body that took on the work")
	case AskReviewer:
		return say("担当者", "the reviewer")
	case AskParty:
		return say("主張した者", "the party that stated it")
	default:
		return say("確認先の記載なし", "nobody is named")
	}
}

// Asked says to whom a question about a fact of the kind goes: whoever the place
// to look names, or else who keeps the records of the kind. Without a field it is
// of the list: whether there is any.
func (k *Kind) Asked(f Field) Addressee {
	switch k.Name + "." + f.Name {
	case "publisher.accredited", "publisher.change_accredited":
		return AskAuthority
	case "entrustment.in_association_rules":
		return AskAssociation
	case "account.secret_known_to_publisher", "sign_in.made_by_publisher", "subject.made_at", "fee.asked_while_refund_planned_by_publisher":
		return AskPublisher
	case "account.ordered_by", "fee.amount", "fee.paid":
		return AskUser
	}
	switch f.Look {
	case fromUser():
		return AskUser
	case fromVendor():
		return AskPublisher
	}
	switch k.Name {
	case "subject", "publisher", "release", "notice", "agreement", "entrustment", "fee", "certificate":
		return AskPublisher
	case "consent":
		return AskUser
	default:
		return AskAdministrator
	}
}
