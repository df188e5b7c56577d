package audit

import "strings"

// Topic is a matter that a notice, a consent or an application speaks of. Rules ask for
// topics by name, so a report cannot call one otherwise: a word that is not known would
// silently be none of those asked for.
type Topic struct {
	Name  string
	Title Text
}

// OtherTopic begins a matter that is none of the topics, in free words: other:印刷の設定.
const OtherTopic = "other:"

// Topics lists the topics in the order of the documentation.
func Topics() []Topic {
	return []Topic{
		{"account", say("アカウントの作成", "that an account is made")},
		{"administrator", say("管理者権限", "administrator rights")},
		{"acl", say("アクセス権の変更", "changes of access rights")},
		{"files", say("ファイルの追加", "files added")},
		{"settings", say("設定の変更", "changes of settings")},
		{"component", say("含まれる部品", "components")},
		{"uninstall", say("削除の方法", "how to remove it")},
		{"terms", say("利用条件", "terms of use")},
		{"fee", say("手数料", "fees")},
		{"refund", say("返金", "refunds")},
		{"revocation", say("取消し", "revocation")},
		{"method", say("実施の方法", "the method")},
	}
}

// TopicTitle is a topic in words, or what other: was written of. False: it is neither.
func TopicTitle(name string) (title Text, ok bool) {
	for _, t := range Topics() {
		if t.Name == name {
			return t.Title, true
		}
	}
	free, ok := strings.CutPrefix(name, OtherTopic)
	free = strings.TrimSpace(free)
	return Text{Ja: free, En: free}, ok && free != ""
}

// TopicNames lists what a topic may be called.
func TopicNames() []string {
	var names []string
	for _, t := range Topics() {
		names = append(names, t.Name)
	}
	return names
}
