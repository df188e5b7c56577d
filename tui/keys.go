package tui

import (
	tea "charm.land/bubbletea/v2"

	"jobun/checker/export"
	"jobun/checker/review"
)

// mode is what keys mean: commands, or text.
type mode uint8

const (
	reading  mode = iota
	asking        // a line is being typed
	picking       // a list to choose from is open
	deciding      // a decision is being written
	starting      // no report is open yet
)

// action is one thing that a key does. Help, footer and docs/keys.md are made
// from the table of them, so that none can name a key that does nothing.
type action struct {
	id    string
	mode  mode
	keys  []string    // as the terminal library names them
	shown string      // how the footer writes them; "": as help does
	hint  export.Text // for the footer; empty: not in it
	says  export.Text // for help and docs
	works func(*model) bool
	do    func(*model) tea.Cmd
}

// ja is one thing said in both languages.
func ja(j, e string) export.Text { return export.Text{Ja: j, En: e} }

// actions is the table. Its order is that of help; in the footer, what does not
// fit is left out from the end.
func actions() []action {
	list := []action{
		{"open", reading, []string{"enter", "l", "right", "tab"}, "Enter", ja("開く", "open"), ja("選んだものを開く", "open what is chosen"), (*model).canOpen, run((*model).openChosen)},
		{"back", reading, []string{"esc", "h", "left", "shift+tab"}, "Esc", ja("戻る", "back"), ja("元の行へ戻る", "back to the row you came from"), (*model).canGoBack, run((*model).back)},
		{"unfind", reading, []string{"esc"}, "Esc", ja("検索を消す", "clear the search"), ja("検索を消す（一覧で）", "clear the search (in a list)"), (*model).canUnfind, run((*model).unfind)},
		{"down", reading, []string{"j", "down", "ctrl+n"}, "j/k", ja("移動", "move"), ja("次へ（続きがあれば1行ずつ）", "next, or a row on where there is more"), always, run((*model).down)},
		{"up", reading, []string{"k", "up", "ctrl+p"}, "", export.Text{}, ja("前へ", "previous"), always, run((*model).up)},
		{"take-up", reading, []string{"a"}, "a", ja("取上げ..", "take up.."), ja("取上げ（この指摘を取り上げる）", "take the finding up"), (*model).canDecide, run(func(m *model) { m.decide(review.TakeUp) })},
		{"set-aside", reading, []string{"d"}, "d", ja("見送り..", "set aside.."), ja("見送り（理由とメモを記録する）", "set the finding aside, with a reason and a note"), (*model).canDecide, run(func(m *model) { m.decide(review.SetAside) })},
		{"needs-evidence", reading, []string{"e"}, "e", ja("要証拠..", "evidence.."), ja("要証拠（どの要件に何が要るかを記録する）", "say what evidence is needed, and for which clause"), (*model).canDecide, run(func(m *model) { m.decide(review.NeedsEvidence) })},
		{"answer", reading, []string{"A"}, "A", ja("回答..", "answer.."), ja("評価・主観の要件に答える（指摘はすぐ整理し直される）", "answer a clause for judgement; the finding is sorted again at once"), (*model).canAnswer, run((*model).answer)},
		{"note", reading, []string{"c"}, "c", ja("メモ..", "note.."), ja("メモを記録する", "record a note"), (*model).canDecide, run(func(m *model) { m.decide(review.Note) })},
		{"approve", reading, []string{"P"}, "P", ja("同意..", "agree.."), ja("他の人の決定に同意する（二人の同意が要る報告で）", "agree with another's decision, where the report asks for two"), (*model).canApprove, run(func(m *model) { m.decide(review.Approve) })},
		{"undo", reading, []string{"u"}, "u", ja("戻す", "undo"), ja("自分の最後の記録を取り消す（新しい行として）", "take back what you recorded last, as a new line"), (*model).hasReview, run((*model).undo)},
		{"redo", reading, []string{"U", "ctrl+r"}, "", export.Text{}, ja("取消しを戻す", "let it stand again"), (*model).hasReview, run((*model).redo)},
		{"next-undecided", reading, []string{"}"}, "{ }", ja("未検討", "undecided"), ja("次の未検討の指摘", "next undecided finding"), (*model).hasReview, run(func(m *model) { m.nextUndecided(1) })},
		{"previous-undecided", reading, []string{"{"}, "", export.Text{}, ja("前の未検討の指摘", "previous undecided finding"), (*model).hasReview, run(func(m *model) { m.nextUndecided(-1) })},
		{"mark", reading, []string{"space"}, "Space", ja("印", "mark"), ja("印を付ける・外す（a d e c は印のある指摘全部に）", "mark or unmark; a d e c are then on all that are marked"), (*model).canMark, run((*model).markFinding)},
		{"mark-all", reading, []string{"*"}, "", export.Text{}, ja("全部に印を付ける・外す", "mark all, or none"), (*model).canMark, run((*model).markAll)},
		{"history", reading, []string{"L"}, "L", ja("履歴", "history"), ja("この指摘の記録の履歴", "what was recorded of this finding"), (*model).canShowHistory, run((*model).showHistory)},
		{"what-if", reading, []string{"i"}, "i", ja("変わる事実", "what if"), ja("一次整理を変えうる事実、反対当事者の席、照会事項", "facts that would change the pre-assessment, the other side's seat, questions"), (*model).canAskWhatIf, (*model).askWhatIf},
		{"diagram", reading, []string{"B"}, "B", ja("ブロック図", "diagram"), ja("要件・除外事由・応答のブロック図（要件事実）", "block diagram of elements, exceptions and replies"), (*model).canShowDiagram, run((*model).showDiagram)},
		{"search", reading, []string{"/"}, "/", ja("検索", "find"), ja("この画面を検索する（一覧では中身も）", "find on this screen (in a list, inside things too)"), always, run((*model).askSearch)},
		{"find-next", reading, []string{"n"}, "n/N", ja("次の一致", "next match"), ja("次の一致", "next match"), (*model).isSearching, (*model).findNext},
		{"find-previous", reading, []string{"N"}, "", export.Text{}, ja("前の一致", "previous match"), (*model).isSearching, (*model).findPrevious},
		{"unfilter", reading, []string{"F"}, "F", ja("絞込解除", "show all"), ja("絞込を解除する", "show all findings again"), (*model).isFiltered, (*model).unfilter},
		{"filter", reading, []string{"f"}, "f", ja("絞込..", "filter.."), ja("指摘を分野・整理・検討結果・文字で絞る", "filter findings by regime, pre-assessment, decision or text"), (*model).canFilter, run((*model).askFilter)},
		{"sort", reading, []string{"s"}, "s", ja("並替..", "sort.."), ja("指摘を並べ替える", "sort the findings"), (*model).canFilter, run((*model).askOrder)},
		{"provision", reading, []string{"t"}, "t", ja("条文", "provision"), ja("条文の版、当時と現在の番号", "versions of the provision, its number then and now"), (*model).canShowProvision, run((*model).showProvision)},
		{"evidence", reading, []string{"v"}, "v", ja("証拠", "evidence"), ja("選んだ要件の証拠", "evidence on the chosen clause"), (*model).canShowEvidence, run((*model).showEvidence)},
		{"statements", reading, []string{"r"}, "r", ja("主張", "statements"), ja("主張と応答", "statements for and against, with replies"), (*model).canShowStatements, run((*model).showStatements)},
		{"previous-sibling", reading, []string{"["}, "[ ]", ja("前後", "siblings"), ja("前の指摘・要件・証拠", "previous finding, clause or exhibit"), (*model).hasSiblings, run(func(m *model) { m.sibling(-1) })},
		{"next-sibling", reading, []string{"]"}, "", export.Text{}, ja("次の指摘・要件・証拠", "next finding, clause or exhibit"), (*model).hasSiblings, run(func(m *model) { m.sibling(1) })},
		{"half-down", reading, []string{"ctrl+d"}, "", export.Text{}, ja("半画面下へ", "half a screen down"), always, run(func(m *model) { m.scroll(0.5) })},
		{"half-up", reading, []string{"ctrl+u"}, "", export.Text{}, ja("半画面上へ", "half a screen up"), always, run(func(m *model) { m.scroll(-0.5) })},
		{"page-down", reading, []string{"pgdown", "ctrl+v"}, "PgDn", ja("次頁", "page"), ja("1画面下へ", "a screen down"), (*model).hasMore, run(func(m *model) { m.scroll(1) })},
		{"page-up", reading, []string{"pgup"}, "", export.Text{}, ja("1画面上へ", "a screen up"), always, run(func(m *model) { m.scroll(-1) })},
		{"first", reading, []string{"g", "home"}, "", export.Text{}, ja("先頭へ", "first"), always, run((*model).first)},
		{"last", reading, []string{"G", "end"}, "", export.Text{}, ja("末尾へ", "last"), always, run((*model).last)},
		{"count", reading, []string{"0"}, "", export.Text{}, ja("回数。012j は 12 回下へ、012G は 12 番目へ", "a count: 012j is 12 down, 012G is row 12"), always, run(func(m *model) { m.count = "0" })},
		{"language", reading, []string{"E"}, "E", ja("English", "日本語"), ja("日本語／英語", "Japanese or English"), always, run((*model).toggleLanguage)},
		{"dates", reading, []string{"w"}, "w", ja("暦", "dates"), ja("和暦／西暦（ISO）", "written dates or ISO"), always, run((*model).toggleDates)},
		{"preview", reading, []string{"p"}, "", export.Text{}, ja("下の概要を出す・しまう", "show or hide the summary below"), always, run(func(m *model) { m.noPreview = !m.noPreview })},
		{"zoom", reading, []string{"z"}, "", export.Text{}, ja("この区画だけにする・戻す", "this column alone, or all"), always, run(func(m *model) { m.zoomed = !m.zoomed })},
	}
	list = append(list, screenActions()...)
	return append(append(list, programActions()...), startActions()...)
}

// screenActions are the digits.
func screenActions() []action {
	names := []export.Text{ja("指摘の一覧", "findings"), ja("時系列", "timeline"), ja("証拠の一覧", "exhibits"), ja("法令と版", "laws and their versions"), ja("検討の記録", "journal of decisions"), ja("規則（問えなかったもの、対象のなかったもの）", "rules, also those that could not be asked")}
	keys := []string{"1", "2", "3", "4", "5", "6"}
	var list []action
	for i, s := range roots() {
		list = append(list, action{"screen-" + keys[i], reading, []string{keys[i]}, "", export.Text{}, names[i], always, run(func(m *model) { m.goTo(s) })})
	}
	return list
}

// programActions are those of the program, and of the modes in which text is typed.
func programActions() []action {
	return []action{
		{"export", reading, []string{"x"}, "x", ja("出力..", "export.."), ja("法的引用要約を書き出す", "write the legal citation summary"), (*model).canExport, run((*model).askExport)},
		{"copy", reading, []string{"y"}, "y", ja("コピー..", "copy.."), ja("引用・要件・証拠のハッシュをコピーする（OSC 52）", "copy the citation, clause or exhibits' hashes (OSC 52)"), (*model).canCopy, run((*model).askCopy)},
		{"on-timeline", reading, []string{"T"}, "", export.Text{}, ja("選んだものを時系列で見る", "this on the timeline"), (*model).canShowOnTimeline, run((*model).showOnTimeline)},
		{"copy-all", reading, []string{"Y"}, "", export.Text{}, ja("引用・要件・証拠のハッシュをまとめてコピーする", "copy all of these at once"), (*model).canCopy, (*model).copyAll},
		{"open-file", reading, []string{"o"}, "o", ja("原本..", "file.."), ja("証拠のファイルを外部のプログラムで開く（確かめてから）", "open the exhibit's file in its own program (asks first)"), (*model).canOpenFile, run((*model).askOpenFile)},
		{"compare", reading, []string{"C"}, "", export.Text{}, ja("前の報告や書き出しと比較する", "compare with an earlier report or export"), (*model).canCompare, run((*model).askComparison)},
		{"verify", reading, []string{"#"}, "", export.Text{}, ja("証拠のファイルのハッシュを照合し直す", "hash the exhibits' files again"), (*model).canVerify, (*model).verifyAgain},
		{"reload", reading, []string{"R"}, "", export.Text{}, ja("報告を読み直す", "read the report again"), (*model).canReload, (*model).reloadCase},
		{"redraw", reading, []string{"ctrl+l"}, "", export.Text{}, ja("画面を描き直す", "draw the screen again"), always, func(*model) tea.Cmd { return tea.ClearScreen }},
		{"suspend", reading, []string{"ctrl+z"}, "", export.Text{}, ja("中断してシェルへ（fg で再開）", "suspend to the shell (fg comes back)"), always, func(*model) tea.Cmd { return tea.Suspend }},
		{"help", reading, []string{"?", "f1", ":"}, "?", ja("ヘルプ", "help"), ja("操作を探して実行する", "find an action and do it"), always, run((*model).askHelp)},
		{"quit", reading, []string{"q", "ctrl+c"}, "q", ja("終了", "quit"), ja("終了する", "quit"), always, func(*model) tea.Cmd { return tea.Quit }},

		{"prompt-done", asking, []string{"enter"}, "Enter", ja("決定", "go"), ja("入力を終える", "done"), always, (*model).finishPrompt},
		{"prompt-leave", asking, []string{"esc"}, "Esc", ja("やめる", "leave"), ja("やめて元の位置へ", "leave"), always, run(func(m *model) { m.typing = nil })},
		{"prompt-quit", asking, []string{"ctrl+c"}, "Ctrl+C", ja("終了", "quit"), ja("終了する", "quit"), always, func(*model) tea.Cmd { return tea.Quit }},

		{"record", deciding, []string{"ctrl+s"}, "Ctrl+S", ja("記録", "record"), ja("記録する", "record it"), always, run((*model).record)},
		{"next-field", deciding, []string{"tab"}, "Tab", ja("次の欄", "next field"), ja("次の欄へ", "next field"), always, run((*model).nextField)},
		{"previous-field", deciding, []string{"shift+tab"}, "", export.Text{}, ja("前の欄へ", "previous field"), always, run((*model).previousField)},
		{"editor", deciding, []string{"ctrl+e"}, "Ctrl+E", ja("エディタ", "editor"), ja("文をエディタで書く（VISUAL 又は EDITOR）", "write the text in your editor (VISUAL or EDITOR)"), (*model).canEdit, (*model).edit},
		{"leave-dialog", deciding, []string{"esc"}, "Esc", ja("下書きを残して戻る", "leave, keep the draft"), ja("下書きを残して戻る", "leave and keep the draft"), always, run((*model).leaveDialog)},
		{"discard-dialog", deciding, []string{"ctrl+x"}, "Ctrl+X", ja("捨てる", "discard"), ja("下書きを捨てて戻る", "leave and drop the draft"), always, run((*model).discardDialog)},
		{"quit-dialog", deciding, []string{"ctrl+c"}, "", export.Text{}, ja("下書きを残して終了する", "quit and keep the draft"), always, (*model).quitDialog},

		{"pick", picking, []string{"enter"}, "Enter", ja("決定", "do it"), ja("選んだものに決める", "take what is chosen"), always, (*model).pick},
		{"pick-down", picking, []string{"down", "ctrl+n", "tab"}, "Up/Down", ja("選ぶ", "choose"), ja("次へ", "next"), always, run(func(m *model) { m.picker.move(1) })},
		{"pick-up", picking, []string{"up", "ctrl+p", "shift+tab"}, "", export.Text{}, ja("前へ", "previous"), always, run(func(m *model) { m.picker.move(-1) })},
		{"pick-page-down", picking, []string{"pgdown", "ctrl+d"}, "", export.Text{}, ja("1画面下へ", "a screen down"), always, run(func(m *model) { m.picker.move(10) })},
		{"pick-page-up", picking, []string{"pgup"}, "", export.Text{}, ja("1画面上へ", "a screen up"), always, run(func(m *model) { m.picker.move(-10) })},
		{"pick-leave", picking, []string{"esc", "f1"}, "Esc", ja("閉じる", "close"), ja("閉じて元の位置へ", "close"), always, run(func(m *model) { m.picker = nil })},
		{"pick-quit", picking, []string{"ctrl+c"}, "Ctrl+C", ja("終了", "quit"), ja("終了する", "quit"), always, func(*model) tea.Cmd { return tea.Quit }},
	}
}

func always(*model) bool { return true }

// run makes an action of something that asks nothing of the terminal.
func run(do func(*model)) func(*model) tea.Cmd {
	return func(m *model) tea.Cmd {
		do(m)
		return nil
	}
}

// actionFor finds what a key does now, in a mode.
func (m *model) actionFor(in mode, key string) (*action, bool) {
	list := m.actions
	for i := range list {
		if list[i].mode != in || !list[i].works(m) {
			continue
		}
		for _, k := range list[i].keys {
			if k == key {
				return &list[i], true
			}
		}
	}
	return nil, false
}
