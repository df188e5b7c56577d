package cite

// shortNames are the names that lawyers give to laws and that no file says, by
// e-Gov id. The usual short forms of the rulebook's own laws are in its law files.
func shortNames() map[string][]string {
	return map[string][]string{
		"321CONSTITUTION": {"憲", "憲法", "日本国憲法"},
		"129AC0000000089": {"民", "民法"},
		"140AC0000000045": {"刑", "刑法"},
		"323AC0000000131": {"刑訴", "刑訴法", "刑事訴訟法"},
		"411AC0000000128": {"不正アクセス", "不正アクセス法", "不正アクセス禁止", "不正アクセス防止法", "不正アクセス行為禁止法",
			"UCAL", "Act on the Prohibition of Unauthorized Computer Access", "Unauthorized Computer Access Act"},
		"412AC0000000102": {"電子署名", "電子署名法", "電子署名認証法", "電署", "電署法"},
		"325AC1000000197": {"司書", "司書法", "司法書士"},
		"412AC0000000061": {"消契", "消契法", "消費契約", "消費契約法", "消費者契約", "消費者契約法", "Consumer Contract Act"},
		"415AC0000000057": {"個情", "個情法", "個人情報", "個人情報保護", "個人情報保護法", "個保法", "個人情報の保護に関する法律",
			"Act on the Protection of Personal Information", "APPI"},
		"351AC0000000057": {"特商", "特商法", "特定商取引", "特定商取引法", "特定商取引に関する法律", "Act on Specified Commercial Transactions"},
		"337AC0000000134": {"景表", "景表法", "景品表示", "景品表示法", "不当表示防止法", "不当景品類及び不当表示防止法",
			"Act against Unjustifiable Premiums and Misleading Representations"},
		"359AC0000000086": {"電通", "電通法", "電気通信", "電通事", "電通事業法", "電気通信事業法", "Telecommunications Business Act"},
		"345AC0000000048": {"著作", "著作権", "著作権法"},
		"405AC0000000047": {"不競", "不競法", "不正競争", "不正競争防止法"},
		"405AC0000000088": {"行手", "行手法", "行政手続", "行政手続法"},
		"406AC0000000085": {"製造物", "製造物責任法", "PL法"},
		"413AC0000000095": {"電子消費者契約法", "電子契約特例法", "電子消費者契約特例法"},
		"413AC0000000137": {"プロ責法", "プロバイダ責任制限法", "情プラ法", "情報流通プラットフォーム対処法"},
		"414AC0000000153": {"公的個人認証法"},
		"414AC0100000026": {"特電法", "特定電子メール法", "迷惑メール防止法"},
		"418AC0000000078": {"通則法", "法適用通則法"},
		"421AC0000000050": {"消安法", "消費者安全法"},
		"426AC1000000104": {"サイバーセキュリティ基本法"},
		"503AC0000000032": {"取引DPF法", "取引デジタルプラットフォーム法"},
		"506AC0000000058": {"スマホ新法", "スマホ法"},
	}
}
