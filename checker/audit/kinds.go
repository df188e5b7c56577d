package audit

import "strings"

// Text is one thing said in both languages of the program.
type Text struct {
	Ja string `toml:"ja" need:"yes" doc:"Japanese"`
	En string `toml:"en" need:"yes" doc:"English"`
}

// In gives the text in a language: "en", or else Japanese.
func (t Text) In(lang string) string {
	if lang == "en" {
		return t.En
	}
	return t.Ja
}

// Type is the type of a fact's value.
type Type string

// The types of facts. A Date is a day.Span: it has a precision and may be a range.
const (
	Bool   Type = "bool"
	String Type = "string"
	Int    Type = "int"
	Date   Type = "date"
	List   Type = "list" // of strings
)

// Kind is one kind of entity: what observations and rules are about.
type Kind struct {
	Name      string // in rules and targets: account
	Plural    string // the list of all of them in a condition: accounts; "" for a singleton
	Title     Text
	Singleton bool // there is exactly one in a report, whether or not anything is said of it
	Record    bool // stated as a table of its own ([[notice]]), not folded from observations
	Fields    []Field
}

// Field is one fact that can be stated of an entity.
type Field struct {
	Name  string
	Type  Type
	Title Text // reads after the entity's name: 「管理者である」
	Look  Text // which record or person could tell, when the fact is missing
	// OfTopics says that a list is of topics (Topics), not of free words.
	OfTopics bool
}

// Conduct reports whether a fact says who did something, so that it is never
// taken from time or place alone (DESIGN 3.8).
func (f Field) Conduct() bool {
	return strings.HasSuffix(f.Name, "_by_subject") || strings.HasSuffix(f.Name, "_by_publisher")
}

// Field finds a fact of a kind by name.
func (k *Kind) Field(name string) (Field, bool) {
	for _, f := range k.Fields {
		if f.Name == name {
			return f, true
		}
	}
	return Field{}, false
}

// FieldNames lists the facts of a kind in the order of the table.
func (k *Kind) FieldNames() []string {
	names := make([]string, len(k.Fields))
	for i, f := range k.Fields {
		names[i] = f.Name
	}
	return names
}

// KindNamed finds a kind by its name.
func KindNamed(name string) (*Kind, bool) {
	k, ok := kindsByName[name]
	return k, ok
}

// KindOfList finds a kind by the name of its list ("accounts").
func KindOfList(plural string) (*Kind, bool) {
	k, ok := kindsByPlural[plural]
	return k, ok
}

// KindNames lists all kinds in the order of the table.
func KindNames() []string {
	var names []string
	for _, k := range Kinds() {
		names = append(names, k.Name)
	}
	return names
}

func say(ja, en string) Text { return Text{Ja: ja, En: en} }

func fact(name string, t Type, title, look Text) Field {
	return Field{Name: name, Type: t, Title: title, Look: look}
}

// topics is a fact that lists topics.
func topics(name string, title, look Text) Field {
	return Field{Name: name, Type: List, Title: title, Look: look, OfTopics: true}
}

// The places where facts are most often looked for.
func fromVendor() Text {
	return say("提供者への照会", "ask the publisher")
}
func fromDocuments() Text {
	return say("画面・利用規定・説明書・通知（日付つき）", "screens, terms, manuals, notices, with dates")
}
func fromUser() Text { return say("利用者への確認", "ask the user") }
func fromSecurityLog(ids string) Text {
	return say("セキュリティログ "+ids, "Security log, event "+ids)
}
func fromListing(cmd string) Text {
	return say("前後の一覧（"+cmd+"）", "before/after listing ("+cmd+")")
}

// Kinds is the closed vocabulary of entities and facts, in the order in which
// they are documented. docs/facts.md is generated from it.
func Kinds() []Kind { return kindTable }

// The vocabulary is a constant table: made once, never written to.
var (
	kindTable     = makeKinds()
	kindsByName   = indexKinds(func(k *Kind) string { return k.Name })
	kindsByPlural = indexKinds(func(k *Kind) string { return k.Plural })
)

func indexKinds(key func(*Kind) string) map[string]*Kind {
	index := map[string]*Kind{}
	for i := range kindTable {
		if k := key(&kindTable[i]); k != "" {
			index[k] = &kindTable[i]
		}
	}
	return index
}

func makeKinds() []Kind {
	return []Kind{
		computerKind(), subjectKind(), publisherKind(),
		accountKind(), signInKind(), fileKind(),
		thingKind("registry_key", "registry_keys", say("レジストリキー", "registry key"), say("Sysmon 12・13、4657、reg export の前後", "Sysmon 12 and 13, 4657, reg export before and after")),
		thingKind("service", "services", say("サービス", "service"), say("7045、4697、sc query の前後", "7045, 4697, sc query before and after")),
		thingKind("task", "tasks", say("タスク", "scheduled task"), say("4698、schtasks /xml の前後", "4698, schtasks /xml before and after")),
		thingKind("driver", "drivers", say("ドライバー", "driver"), say("Sysmon 6、driverquery の前後", "Sysmon 6, driverquery before and after")),
		thingKind("firewall_rule", "firewall_rules", say("ファイアウォール規則", "firewall rule"), say("2004、4946、Get-NetFirewallRule の前後", "2004, 4946, Get-NetFirewallRule before and after")),
		thingKind("setting", "settings", say("設定", "setting"), say("設定の前後の一覧、4657", "listings of the settings, 4657")),
		certificateKind(), processKind(), connectionKind(), scanKind(), faultKind(), uninstallKind(),
		releaseKind(), noticeKind(), agreementKind(), consentKind(), feeKind(), entrustmentKind(),
	}
}

func computerKind() Kind {
	return Kind{Name: "computer", Singleton: true, Title: say("対象の電子計算機", "the computer"), Fields: []Field{
		fact("networked", Bool, say("電気通信回線に接続している", "is connected to a telecommunications line"), say("ipconfig /all、通信記録", "ipconfig /all, network records")),
		fact("remote_sign_in", Bool, say("回線を通じたサインインを受け付ける", "accepts sign-in through the line"), say("RDP・SMB・WinRMの設定、待受ポート", "RDP, SMB, WinRM settings, listening ports")),
		fact("asks_for_sign_in", Bool, say("利用の際に識別符号を求める", "asks for an identification code before use"), say("サインイン画面、空パスワードの方針", "the sign-in screen, blank-password policy")),
		fact("access_administrators", List, say("アクセス管理者", "access administrators"), fromUser()),
		fact("business_use", Bool, say("業務に用いられている", "is used for business"), fromUser()),
	}}
}

func subjectKind() Kind {
	return Kind{Name: "subject", Singleton: true, Title: say("対象ソフトウェア", "the software"), Fields: []Field{
		fact("gives_commands", Bool, say("電子計算機に指令を与える電磁的記録である", "is an electromagnetic record that gives commands to a computer"), say("ファイルとそのハッシュ", "the file and its hash")),
		fact("described_as", String, say("説明された用途", "the purpose it is described to have"), fromDocuments()),
		fact("removal_costs_certificate", Bool, say("削除すると電子証明書も失われる", "cannot be removed without losing the certificate"), say("アンインストールの記録、説明書", "an uninstall record, the manual")),
		fact("made_by_publisher", Bool, say("提供者が作成した", "was made by the publisher"), say("署名・著作権表示・開発委託契約書", "signature, copyright notice, development contract")),
		fact("made_at", Date, say("作成の時期", "when it was made"), say("ビルド日時・版の履歴（署名時刻と照合）", "build time and version history, against the time of signing")),
		fact("installed_by_user", Bool, say("利用者自身が導入した", "was installed by the user"), fromUser()),
	}}
}

func publisherKind() Kind {
	return Kind{Name: "publisher", Singleton: true, Title: say("提供者", "the publisher"), Fields: []Field{
		fact("accredited", Bool, say("認定認証事業者である", "is an accredited certification service provider"), say("認定の公示・認定書", "the public notice of accreditation")),
		fact("makes_user_keys", Bool, say("利用者署名符号を作成する", "makes the users' signature codes (private keys)"), say("運用規程（CPS）・鍵の生成場所の資料", "the practice statement, where keys are made")),
		fact("keys_delivered_safely", Bool, say("利用者署名符号を安全かつ確実に渡す方法による", "delivers signature codes by a safe and certain method"), say("交付方法の資料・認定時の調査票", "delivery method, accreditation papers")),
		fact("keys_erased_at_once", Bool, say("利用者署名符号と複製を直ちに消去する", "erases signature codes and copies at once"), fromVendor()),
		fact("knew_of_account", Bool, say("アカウントの作成を認識していた", "knew that the account is made"), say("不具合報告・社内記録・回答書", "fault reports, internal records, letters")),
		fact("knew_of_fault", Bool, say("不具合を認識していた", "knew of the fault"), say("不具合報告・お知らせの日付", "fault reports, dates of notices")),
		fact("knew_at", Date, say("認識した時期", "when it knew"), fromVendor()),
		fact("announced_account", Bool, say("アカウントの作成を後に公表するとした", "said that it would publish that the account is made"), fromDocuments()),
		fact("offered_clean_version", Bool, say("その動作をしないとみられる別の版を提供した", "offered another version, taken to be without that behaviour"), fromDocuments()),
		fact("claims_protective_purpose", Bool, say("鍵の保護を目的とすると説明している", "says that the purpose is to protect the key"), fromVendor()),
		fact("change_accredited", Bool, say("変更の認定を受けた", "had the change accredited"), say("変更認定の申請書・認定書", "the application for accreditation of the change")),
		fact("changed_business_method_by_publisher", Bool, say("法4条2項2号・3号の事項を変更した", "changed a matter of Article 4(2)(ii) or (iii) of the Act"), say("認定申請書（誰も見ていない）と提供版の部品表", "the application for accreditation (nobody has seen it) and the components of the released version")),
		fact("changed_at", Date, say("変更の時期", "when it was changed"), fromVendor()),
		fact("change_minor", Bool, say("軽微な変更（規則9条）である", "is a minor change (Regulation 9)"), fromVendor()),
		fact("changed_equipment_only", Bool, say("同一室内の設備を同等以上の設備に替え、又は増やしただけである", "only replaced equipment in the same room by equal or better, or added to it"), say("変更の内容を示す書類（設備台帳・変更管理票）", "papers on what was changed (equipment register, change record)")),
		fact("knew_of_difference", Bool, say("提供版が調査版と異なることを認識していた", "knew that the released version differs from the one examined"), say("変更管理の記録・回答書（日付）", "change records, letters, with dates")),
		fact("accreditation_mark_confusing", Bool, say("認定業務と他の業務を誤認させる表示がある", "shows other services so that they are taken for the accredited one"), fromDocuments()),
		fact("terms_viewable", Bool, say("規程を容易に閲覧できる", "its rules are easily viewable"), fromDocuments()),
		fact("terms_complete", Bool, say("規程に業務の提供条件がもれなく定められている", "its rules state every condition of service"), fromDocuments()),
		fact("accountable_documents_refused", Bool, say("業務委託契約書の開示を断った", "refused to disclose the entrustment contract"), fromDocuments()),
		fact("controls_entrusted_work", Bool, say("委託した業務を管理している", "controls the work that it entrusts"), say("委託契約書・監査記録", "the entrustment contract, audit records")),
	}}
}

func accountKind() Kind {
	k := Kind{Name: "account", Plural: "accounts", Title: say("アカウント", "account"), Fields: []Field{
		fact("made", Bool, say("作成された", "was made"), fromSecurityLog("4720")),
		fact("made_at", Date, say("作成の時期", "when it was made"), fromSecurityLog("4720")),
		fact("made_by_subject", Bool, say("対象ソフトウェアが作成した", "was made by the software"), say("4720の実行者と4688・Sysmon 1の親プロセス", "the subject of event 4720 and the process tree of 4688 or Sysmon 1")),
		fact("made_remotely", Bool, say("回線を通じた指令で作成された", "was made by a command through the line"), say("4720の実行者のログオン種別（4624の3・10）", "the logon type behind event 4720 (4624 types 3, 10)")),
		fact("ordered_by", String, say("作成を決めた者", "was made on the decision of"), say("導入画面の選択・利用者と提供者への確認", "the choices on the setup screens; ask the user and the publisher")),
		fact("administrator", Bool, say("管理者の権限を持つ", "is an administrator"), fromSecurityLog("4732")),
		fact("made_administrator_by_subject", Bool, say("対象ソフトウェアが管理者にした", "was made an administrator by the software"), say("4732（対象SID S-1-5-32-544）と実行者", "event 4732 on S-1-5-32-544, and its subject")),
		fact("groups", List, say("所属グループ（SID）", "groups (SIDs)"), fromListing("net localgroup")),
		fact("hidden", Bool, say("サインイン画面に現れない", "is hidden from the sign-in screen"), say("Winlogon\\SpecialAccounts\\UserList の値（Sysmon 13）", "the Winlogon\\SpecialAccounts\\UserList value (Sysmon 13)")),
		fact("hidden_by_subject", Bool, say("対象ソフトウェアが隠した", "was hidden by the software"), say("Sysmon 13 の実行プロセス", "the process of Sysmon 13")),
		fact("enabled", Bool, say("有効である", "is enabled"), fromSecurityLog("4722")),
		fact("remote_sign_in_allowed", Bool, say("回線を通じたサインインが許されている", "may sign in through the line"), say("ログオン権利（secedit /export）、Remote Desktop Users", "user rights (secedit /export), Remote Desktop Users")),
		fact("remote_sign_in_denied", Bool, say("回線を通じたサインインが禁じられている", "is denied sign-in through the line"), say("ログオン権利 SeDenyNetworkLogonRight 等", "SeDenyNetworkLogonRight and the like")),
		fact("secret_known_to_publisher", Bool, say("提供者がパスワードを知っている", "has a password that the publisher knows"), say("提供者への照会：パスワードの生成と保管", "ask the publisher how the password is made and kept")),
		fact("deleted", Bool, say("削除された", "was deleted"), fromSecurityLog("4726")),
		fact("deleted_at", Date, say("削除の時期", "when it was deleted"), fromSecurityLog("4726")),
		fact("remains_after_uninstall", Bool, say("アンインストール後も残る", "remains after uninstall"), fromListing("net user")),
		fact("sid", String, say("SID", "SID"), fromListing("wmic useraccount get name,sid")),
	}}
	return k
}

func signInKind() Kind {
	return Kind{Name: "sign_in", Plural: "sign_ins", Record: true, Title: say("サインイン", "sign-in"), Fields: []Field{
		fact("at", Date, say("日時", "when"), fromSecurityLog("4624")),
		fact("account", String, say("用いられたアカウント", "the account used"), fromSecurityLog("4624")),
		fact("succeeded", Bool, say("成功した", "succeeded"), fromSecurityLog("4624・4625")),
		fact("remote", Bool, say("回線を通じたものである", "came through the line"), say("4624のログオン種別（3・10）と接続元", "logon type (3, 10) and source address of event 4624")),
		fact("made_by_publisher", Bool, say("提供者側がした", "was made by the publisher's side"), say("接続元アドレスと提供者の記録", "the source address and the publisher's records")),
		fact("used_anothers_code", Bool, say("他人の識別符号が入力された", "another person's identification code was entered"), say("認証の方式と資格情報の種類", "the authentication method and credentials")),
		fact("code_holder_agreed", Bool, say("識別符号の利用権者の承諾がある", "the holder of the code agreed"), fromUser()),
		fact("administrator_agreed", Bool, say("アクセス管理者の承諾がある", "the access administrator agreed"), fromUser()),
		fact("by_administrator", Bool, say("アクセス管理者自身がした", "was made by the access administrator"), fromUser()),
		fact("by", String, say("した者", "who made it"), fromUser()),
	}}
}

func fileKind() Kind {
	return Kind{Name: "file", Plural: "files", Title: say("ファイル・フォルダ", "file or folder"), Fields: []Field{
		fact("made", Bool, say("作成された", "was made"), say("Sysmon 11、前後の一覧（dir /s）", "Sysmon 11, before/after listing (dir /s)")),
		fact("made_at", Date, say("作成の時期", "when it was made"), say("Sysmon 11", "Sysmon 11")),
		fact("made_by_subject", Bool, say("対象ソフトウェアが作成した", "was made by the software"), say("Sysmon 11 の実行プロセス", "the process of Sysmon 11")),
		fact("acl_changed", Bool, say("アクセス権が変更された", "had its access rights changed"), fromListing("icacls")),
		fact("acl_changed_at", Date, say("アクセス権変更の時期", "when its access rights were changed"), fromSecurityLog("4670")),
		fact("acl_changed_by_subject", Bool, say("対象ソフトウェアがアクセス権を変更した", "had its access rights changed by the software"), say("4670の実行プロセス、4688のコマンドライン", "the process of event 4670, the command line of 4688")),
		fact("user_access_removed", Bool, say("利用者のアクセス権が失われた", "lost the user's access"), fromListing("icacls")),
		fact("broad_access_granted", Bool, say("広い範囲の者にアクセス権が与えられた", "gained broad access entries"), fromListing("icacls")),
		fact("owner_changed", Bool, say("所有者が変更された", "had its owner changed"), fromListing("icacls /save")),
		fact("gained", List, say("アクセス権を得た者（SIDと権利）", "who gained which rights (SIDs)"), fromListing("icacls /save")),
		fact("lost", List, say("アクセス権を失った者（SIDと権利）", "who lost which rights (SIDs)"), fromListing("icacls /save")),
		fact("acl_remains_after_uninstall", Bool, say("アンインストール後もアクセス権が元に戻らない", "keeps the changed access rights after uninstall"), fromListing("icacls")),
		fact("remains_after_uninstall", Bool, say("アンインストール後も残る", "remains after uninstall"), fromListing("icacls")),
		fact("deleted", Bool, say("削除された", "was deleted"), say("Sysmon 23・26、4660", "Sysmon 23 and 26, 4660")),
		fact("deleted_at", Date, say("削除の時期", "when it was deleted"), say("Sysmon 23・26", "Sysmon 23 and 26")),
	}}
}

// thingKind is a kind of which only the making, changing and leaving matters.
func thingKind(name, plural string, title, look Text) Kind {
	return Kind{Name: name, Plural: plural, Title: title, Fields: []Field{
		fact("made", Bool, say("作成された", "was made"), look),
		fact("made_at", Date, say("作成の時期", "when it was made"), look),
		fact("made_by_subject", Bool, say("対象ソフトウェアが作成した", "was made by the software"), look),
		fact("changed", Bool, say("変更された", "was changed"), look),
		fact("changed_at", Date, say("変更の時期", "when it was changed"), look),
		fact("changed_by_subject", Bool, say("対象ソフトウェアが変更した", "was changed by the software"), look),
		fact("deleted", Bool, say("削除された", "was deleted"), look),
		fact("deleted_at", Date, say("削除の時期", "when it was deleted"), look),
		fact("remains_after_uninstall", Bool, say("アンインストール後も残る", "remains after uninstall"), look),
	}}
}

func certificateKind() Kind {
	return Kind{Name: "certificate", Plural: "certificates", Title: say("電子証明書", "certificate"), Fields: []Field{
		fact("issued", Bool, say("発行された", "was issued"), fromDocuments()),
		fact("issued_at", Date, say("発行の時期", "when it was issued"), fromDocuments()),
		fact("obtained", Bool, say("利用者が取得した", "was obtained by the user"), fromUser()),
		fact("obtained_at", Date, say("取得の時期", "when it was obtained"), fromUser()),
		fact("used", Bool, say("利用された", "was used"), fromUser()),
		fact("installed", Bool, say("証明書ストアに入れられた", "was put into a certificate store"), say("certutil -store の前後", "certutil -store before and after")),
		fact("installed_by_subject", Bool, say("対象ソフトウェアが証明書ストアに入れた", "was put into a certificate store by the software"), say("CAPI2 ログ、実行プロセス", "the CAPI2 log and the process")),
		fact("removed", Bool, say("証明書ストアから除かれた", "was removed from a certificate store"), say("certutil -store の前後、Sysmon 12", "certutil -store before and after, Sysmon 12")),
		fact("removed_at", Date, say("証明書ストアから除かれた時期", "when it was removed from a certificate store"), say("Sysmon 12", "Sysmon 12")),
		fact("revoked", Bool, say("取り消された", "was revoked"), say("失効リスト・取消通知", "the revocation list, the notice of revocation")),
		fact("revoked_at", Date, say("取消しの時期", "when it was revoked"), say("失効リスト・取消通知", "the revocation list, the notice of revocation")),
		fact("revoked_by_publisher", Bool, say("提供者が取り消した", "was revoked by the publisher"), say("取消通知", "the notice of revocation")),
		fact("revoked_ground", String, say("取消しの理由", "the ground of revocation"), say("取消通知", "the notice of revocation")),
		fact("ground_told_before", Bool, say("取消しの理由が事前に告げられていた", "was revoked on a ground told beforehand"), fromDocuments()),
		fact("lost_on_uninstall", Bool, say("アンインストールで失われる", "is lost when the software is removed"), say("アンインストールの記録", "an uninstall record")),
	}}
}

func processKind() Kind {
	return Kind{Name: "process", Plural: "processes", Title: say("プロセス", "process"), Fields: []Field{
		fact("ran", Bool, say("実行された", "ran"), fromSecurityLog("4688")),
		fact("ran_at", Date, say("実行の時期", "when it ran"), fromSecurityLog("4688")),
		fact("ran_by_subject", Bool, say("対象ソフトウェアのものである", "belongs to the software"), say("イメージ・ハッシュ・署名者・親プロセス", "image, hash, signer, parent process")),
		fact("elevated", Bool, say("昇格して実行された", "ran elevated"), fromSecurityLog("4688")),
	}}
}

func connectionKind() Kind {
	return Kind{Name: "connection", Plural: "connections", Title: say("通信", "connection"), Fields: []Field{
		fact("made", Bool, say("行われた", "was made"), say("Sysmon 3、5156", "Sysmon 3, 5156")),
		fact("made_at", Date, say("時期", "when it was made"), say("Sysmon 3、5156", "Sysmon 3, 5156")),
		fact("made_by_subject", Bool, say("対象ソフトウェアが行った", "was made by the software"), say("Sysmon 3 の実行プロセス", "the process of Sysmon 3")),
		fact("sends_user_data", Bool, say("利用者の情報を送る", "sends the user's data"), say("通信内容の記録", "a capture of the traffic")),
	}}
}

func scanKind() Kind {
	return Kind{Name: "scan", Plural: "scans", Title: say("走査", "scan of files"), Fields: []Field{
		fact("happened", Bool, say("行われた", "happened"), say("Procmon、4663", "Procmon, 4663")),
		fact("happened_at", Date, say("時期", "when it happened"), say("Procmon、4663", "Procmon, 4663")),
		fact("made_by_subject", Bool, say("対象ソフトウェアが行った", "was made by the software"), say("Procmon の実行プロセス", "the process in Procmon")),
	}}
}

func faultKind() Kind {
	return Kind{Name: "fault", Plural: "faults", Title: say("障害", "fault"), Fields: []Field{
		fact("happened", Bool, say("生じた", "happened"), say("アプリケーションログ 1000・1001", "Application log, events 1000 and 1001")),
		fact("happened_at", Date, say("時期", "when it happened"), say("アプリケーションログ", "the Application log")),
		fact("caused_by_subject", Bool, say("対象ソフトウェアが生じさせた", "was caused by the software"), say("障害の解析", "an analysis of the fault")),
	}}
}

func uninstallKind() Kind {
	return Kind{Name: "uninstall", Plural: "uninstalls", Title: say("アンインストール", "uninstall"), Fields: []Field{
		fact("happened", Bool, say("行われた", "happened"), say("MsiInstaller 1034・11724", "MsiInstaller 1034, 11724")),
		fact("happened_at", Date, say("時期", "when it happened"), say("MsiInstaller 1034・11724", "MsiInstaller 1034, 11724")),
		fact("complete", Bool, say("全てが取り除かれた", "removed everything"), say("前後の一覧の比較", "a comparison of listings")),
	}}
}

func releaseKind() Kind {
	return Kind{Name: "release", Plural: "releases", Record: true, Title: say("提供", "release"), Fields: []Field{
		fact("at", Date, say("提供の時期", "when it was released"), fromDocuments()),
		fact("by", String, say("提供した者", "who released it"), fromDocuments()),
		fact("of_subject", Bool, say("対象ソフトウェアの提供である", "is a release of the software"), say("配布物のハッシュ・部品表", "hashes and components of the package")),
		fact("offered_by_publisher", Bool, say("提供者が提供した", "was offered by the publisher"), fromDocuments()),
		fact("to_users", Bool, say("利用者に向けて公開・配布された", "was put out to users"), say("配布ページ・ダウンロード記録", "the download page and its records")),
		fact("contains", List, say("含まれる部品", "components"), say("部品表・配布物の展開", "components of the package")),
		fact("contains_other_service", Bool, say("認証業務以外の機能を含む", "contains functions other than certification"), say("部品表・配布物の展開・画面", "components and screens of the package")),
		fact("recipients_knew", Bool, say("受け手がその動作を知っていた", "went to recipients who knew what it does"), fromDocuments()),
		fact("required_for_service", Bool, say("役務を受けるのに必要とされた", "was required to get the service"), fromDocuments()),
		fact("exceeds_examined_version", Bool, say("指定調査機関が調査した版を超える内容を含む", "contains more than the version examined by the designated investigative organisation"), fromVendor()),
		fact("reached_users_computer", Bool, say("利用者の電子計算機で実行できる状態に置かれた", "was put on a user's computer, ready to run"), say("ダウンロード記録・利用者の機器の配布物", "download records, the package on the user's machine")),
		fact("ran_on_users_computer", Bool, say("利用者の電子計算機で実行された", "ran on a user's computer"), fromSecurityLog("4688")),
		fact("kept_after_report", Bool, say("不具合の報告後も提供が続いた", "was kept available after the fault was reported"), fromDocuments()),
		fact("withdrawn", Bool, say("提供が取りやめられた", "was withdrawn"), fromDocuments()),
	}}
}

func noticeKind() Kind {
	return Kind{Name: "notice", Plural: "notices", Record: true, Title: say("説明・告知", "notice"), Fields: []Field{
		fact("at", Date, say("時期", "when it was given"), fromDocuments()),
		fact("by", String, say("した者", "who gave it"), fromDocuments()),
		fact("to_users", Bool, say("利用者に向けたものである", "was given to users"), fromDocuments()),
		topics("covers", say("説明した事項", "what it covers"), fromDocuments()),
		fact("medium", String, say("方法", "how it was given"), fromDocuments()),
	}}
}

func agreementKind() Kind {
	return Kind{Name: "agreement", Plural: "agreements", Record: true, Title: say("申込み・契約", "agreement"), Fields: []Field{
		fact("at", Date, say("時期", "when it was made"), fromDocuments()),
		fact("by", String, say("申し込んだ者", "who applied"), fromDocuments()),
		fact("declared", Bool, say("申込みの意思表示がされた", "the declaration to apply was made"), fromDocuments()),
		fact("with_publisher", Bool, say("提供者を相手方とする", "was made with the publisher"), fromDocuments()),
		topics("conditions_told", say("申込み前に説明された事項", "what was told before it was made"), fromDocuments()),
		fact("condition_concealed_by_publisher", Bool, say("提供者が利用条件を告げずに申し込ませた", "was taken by the publisher without telling a condition of use"), fromDocuments()),
		fact("condition_important", Bool, say("告げられなかった条件が重要である", "turns on a condition that is important"), fromUser()),
		fact("condition_known", Bool, say("条件を知ったうえでされた", "was made with the condition known"), fromUser()),
		fact("would_not_have_agreed", Bool, say("条件を知っていれば申し込まなかった", "would not have been made had the condition been known"), fromUser()),
		fact("motive_shown", Bool, say("動機が表示されていた", "was made with the motive shown"), fromDocuments()),
		fact("ended", Bool, say("終了した", "has ended"), fromDocuments()),
		fact("for_business", Bool, say("事業として又は事業のためのものである", "was made as or for a business"), fromUser()),
	}}
}

func consentKind() Kind {
	return Kind{Name: "consent", Plural: "consents", Record: true, Title: say("承諾", "consent"), Fields: []Field{
		fact("at", Date, say("時期", "when it was given"), say("同意の記録・画面", "the record or screen of consent")),
		fact("by", String, say("した者", "who gave it"), fromUser()),
		fact("given", Bool, say("与えられた", "was given"), say("同意の記録・画面", "the record or screen of consent")),
		fact("refused", Bool, say("拒まれた", "was refused"), fromUser()),
		topics("covers", say("承諾した事項", "what it covers"), say("同意の画面の文言", "the wording of the consent screen")),
		fact("after_notice", Bool, say("説明を受けた後にされた", "was given after notice"), say("画面の順序・時刻", "the order and times of the screens")),
	}}
}

func feeKind() Kind {
	return Kind{Name: "fee", Plural: "fees", Record: true, Title: say("手数料", "fee"), Fields: []Field{
		fact("at", Date, say("時期", "when it was paid or asked"), fromDocuments()),
		fact("by", String, say("支払った者", "who paid"), fromDocuments()),
		fact("amount", Int, say("金額（円）", "amount (yen)"), say("振込の控え", "the transfer slip")),
		fact("paid", Bool, say("支払われた", "was paid"), say("振込の控え", "the transfer slip")),
		fact("received_by_publisher", Bool, say("提供者が受け取った", "was received by the publisher"), say("領収書・委託契約書", "the receipt, the entrustment contract")),
		fact("service_withheld", Bool, say("対価である役務が提供されなかった", "bought a service that was not given"), fromUser()),
		fact("refunded", Bool, say("返還された", "was refunded"), say("入金記録・回答書", "bank records, letters")),
		fact("refund_offered", Bool, say("返還又は充当が申し出られた", "was offered back or as a credit"), fromDocuments()),
		fact("refund_refused_by_publisher", Bool, say("提供者が返還を断った", "was refused back by the publisher"), fromDocuments()),
		fact("asked_while_refund_planned_by_publisher", Bool, say("返還の方針を告げずに支払わせた", "was asked for while a refund was planned and not told"), say("提供者への照会・電話の記録", "ask the publisher; the record of the call")),
		fact("condition_undisclosed", Bool, say("支払の前に告げられなかった利用条件がある", "was paid before a condition of use was told"), fromDocuments()),
	}}
}

func entrustmentKind() Kind {
	return Kind{Name: "entrustment", Plural: "entrustments", Record: true, Title: say("業務の委託", "entrustment"), Fields: []Field{
		fact("at", Date, say("時期", "when it was made"), fromDocuments()),
		fact("by", String, say("受託した者", "who took it on"), fromDocuments()),
		fact("made_by_publisher", Bool, say("提供者が委託した", "was made by the publisher"), say("業務委託契約書", "the entrustment contract")),
		fact("of_registration_work", Bool, say("登録局の業務の委託である", "is of registration-authority work"), say("業務委託契約書・利用規定", "the entrustment contract, the terms")),
		fact("to_association", Bool, say("資格者団体への委託である", "is to the professional association"), say("業務委託契約書・利用規定", "the entrustment contract, the terms")),
		fact("in_association_rules", Bool, say("会則に受託の定めがある", "is provided for in the association's rules"), say("会則", "the association's rules")),
		fact("content_disclosed", Bool, say("委託の内容が公表されている", "is made public as to its content"), fromDocuments()),
		fact("responsibility_accepted", Bool, say("提供者が責任を負うと定められている", "leaves the responsibility with the publisher"), say("利用規定", "the terms")),
	}}
}
