package audit

// Action is one entry of the closed vocabulary of what can happen.
type Action struct {
	Name   string
	Kind   string // the kind of target it happens to
	Title  Text
	Sets   []Set    // the facts that it states of the target
	At     string   // the date fact that its time states, if any
	By     string   // the conduct fact that its attribution states, if any
	Events []string // Windows event ids, with the log where it is not Security
	Attack []string // ATT&CK technique ids
}

// Set is a bool fact that an action states.
type Set struct {
	Field string
	Value bool
}

// Changes reports whether the action changes the target, so that an opposite
// later change is history and not a dispute.
func (a Action) Changes() bool { return len(a.Sets) > 0 || a.At != "" }

// AdministratorsSID is the well-known SID of the local group Administrators.
// Names of groups are localised, so they are never compared.
const AdministratorsSID = "S-1-5-32-544"

// ActionNamed finds an action by name.
func ActionNamed(name string) (Action, bool) {
	a, ok := actionsByName[name]
	return a, ok
}

// ActionNames lists the vocabulary in its order.
func ActionNames() []string {
	var names []string
	for _, a := range Actions() {
		names = append(names, a.Name)
	}
	return names
}

func yes(fields ...string) []Set {
	var sets []Set
	for _, f := range fields {
		sets = append(sets, Set{f, true})
	}
	return sets
}

func no(field string) []Set { return []Set{{field, false}} }

// Actions is the vocabulary. Event ids are those of Windows' own documentation;
// technique ids those of MITRE ATT&CK. docs/report.md is generated from it.
func Actions() []Action { return actionTable }

// The vocabulary is a constant table: made once, never written to.
var (
	actionTable   = makeActions()
	actionsByName = indexActions()
)

func indexActions() map[string]Action {
	index := map[string]Action{}
	for _, a := range actionTable {
		index[a.Name] = a
	}
	return index
}

func makeActions() []Action {
	list := []Action{
		{"account.create", "account", say("アカウントの作成", "account created"), yes("made"), "made_at", "made_by_subject", []string{"4720"}, []string{"T1136.001"}},
		{"account.enable", "account", say("アカウントの有効化", "account enabled"), yes("enabled"), "", "", []string{"4722"}, nil},
		{"account.disable", "account", say("アカウントの無効化", "account disabled"), no("enabled"), "", "", []string{"4725"}, nil},
		{"account.delete", "account", say("アカウントの削除", "account deleted"), yes("deleted"), "deleted_at", "", []string{"4726"}, nil},
		{"account.change", "account", say("アカウントの変更", "account changed"), nil, "", "", []string{"4738"}, []string{"T1098"}},
		{"account.hide", "account", say("サインイン画面からの非表示", "account hidden from the sign-in screen"), yes("hidden"), "", "hidden_by_subject", []string{"4657", "Sysmon 13"}, []string{"T1564.002"}},
		{"account.unhide", "account", say("サインイン画面への表示", "account shown on the sign-in screen"), no("hidden"), "", "", []string{"4657", "Sysmon 12", "Sysmon 13"}, nil},
		{"group.add", "account", say("グループへの追加", "account added to a group"), nil, "", "", []string{"4732"}, []string{"T1098.007"}},
		{"group.remove", "account", say("グループからの除外", "account removed from a group"), nil, "", "", []string{"4733"}, nil},
		{"right.grant", "account", say("ログオン権利の付与", "user right assigned"), nil, "", "", []string{"4704", "4717"}, nil},
		{"right.deny", "account", say("ログオン権利の制限", "user right removed or denied"), nil, "", "", []string{"4705", "4718"}, nil},
		{"file.create", "file", say("ファイル・フォルダの作成", "file or folder created"), yes("made"), "made_at", "made_by_subject", []string{"Sysmon 11"}, nil},
		{"file.delete", "file", say("ファイル・フォルダの削除", "file or folder deleted"), yes("deleted"), "deleted_at", "", []string{"4660", "Sysmon 23", "Sysmon 26"}, []string{"T1070.004"}},
		{"acl.change", "file", say("アクセス権（DACL）の変更", "DACL changed"), yes("acl_changed"), "acl_changed_at", "acl_changed_by_subject", []string{"4670"}, []string{"T1222.001"}},
		{"owner.change", "file", say("所有者の変更", "owner changed"), yes("owner_changed"), "", "", []string{"4670"}, []string{"T1222.001"}},
		{"certificate.issue", "certificate", say("電子証明書の発行", "certificate issued"), yes("issued"), "issued_at", "", nil, nil},
		{"certificate.obtain", "certificate", say("電子証明書の取得", "certificate obtained by the user"), yes("obtained"), "obtained_at", "", nil, nil},
		{"certificate.install", "certificate", say("証明書ストアへの追加", "certificate put into a store"), yes("installed"), "", "installed_by_subject", []string{"CAPI2 90"}, []string{"T1553.004"}},
		{"certificate.remove", "certificate", say("証明書ストアからの削除", "certificate removed from a store"), yes("removed"), "removed_at", "", []string{"Sysmon 12"}, nil},
		{"certificate.revoke", "certificate", say("電子証明書の取消し", "certificate revoked"), yes("revoked"), "revoked_at", "", nil, nil},
		{"process.start", "process", say("プロセスの開始", "process started"), yes("ran"), "ran_at", "ran_by_subject", []string{"4688", "Sysmon 1"}, nil},
		{"network.connect", "connection", say("通信", "network connection"), yes("made"), "made_at", "made_by_subject", []string{"5156", "Sysmon 3"}, nil},
		{"scan.files", "scan", say("ファイルの走査", "files scanned"), yes("happened"), "happened_at", "made_by_subject", []string{"4663"}, []string{"T1083"}},
		{"fault.occur", "fault", say("障害の発生", "fault"), yes("happened"), "happened_at", "caused_by_subject", []string{"Application 1000", "Application 1001"}, nil},
		{"software.install", "subject", say("対象ソフトウェアの導入", "software installed"), nil, "", "", []string{"MsiInstaller 1033", "MsiInstaller 11707"}, nil},
		{"software.uninstall", "uninstall", say("アンインストール", "software uninstalled"), yes("happened"), "happened_at", "", []string{"MsiInstaller 1034", "MsiInstaller 11724"}, nil},
	}
	for _, t := range []struct {
		kind, title, en string
		create, change  []string
		attack          []string
	}{
		{"registry_key", "レジストリキー", "registry key", []string{"Sysmon 12"}, []string{"4657", "Sysmon 13"}, []string{"T1112"}},
		{"service", "サービス", "service", []string{"4697", "System 7045"}, []string{"System 7040"}, []string{"T1543.003"}},
		{"task", "タスク", "scheduled task", []string{"4698"}, []string{"4702"}, []string{"T1053.005"}},
		{"driver", "ドライバー", "driver", []string{"Sysmon 6"}, nil, []string{"T1543.003"}},
		{"firewall_rule", "ファイアウォール規則", "firewall rule", []string{"4946", "Firewall 2004"}, []string{"4947", "Firewall 2005"}, []string{"T1562.004"}},
		{"setting", "設定", "setting", nil, nil, nil},
	} {
		list = append(list,
			Action{t.kind + ".create", t.kind, say(t.title+"の作成", t.en+" created"), yes("made"), "made_at", "made_by_subject", t.create, t.attack},
			Action{t.kind + ".change", t.kind, say(t.title+"の変更", t.en+" changed"), yes("changed"), "changed_at", "changed_by_subject", t.change, t.attack},
			Action{t.kind + ".delete", t.kind, say(t.title+"の削除", t.en+" deleted"), yes("deleted"), "deleted_at", "", deleteEvents(t.kind), nil},
		)
	}
	for _, k := range Kinds() {
		list = append(list, Action{Name: k.Name + ".seen", Kind: k.Name, Title: say(k.Title.Ja+"の状態の確認", "state of "+withArticle(k)+" seen")})
	}
	return list
}

func deleteEvents(kind string) []string {
	switch kind {
	case "registry_key":
		return []string{"Sysmon 12"}
	case "task":
		return []string{"4699"}
	case "firewall_rule":
		return []string{"4948", "Firewall 2006"}
	default:
		return nil
	}
}

// withArticle names a kind in an English sentence: singletons have their article.
func withArticle(k Kind) string {
	if k.Singleton {
		return k.Title.En
	}
	return article(k.Title.En) + " " + k.Title.En
}
