package cells

import "regexp"

// The parts of the expression below. A number is Arabic of either width, or
// kanji; a division is a part of a statute.
const (
	number   = `(?:[0-9０-９]+(?:[,.，．][0-9０-９]+)*|[〇一二三四五六七八九十百千]+)`
	division = `第` + number + `(?:編|章|節|款|目|条|項|号|部|巻|版|回)(?:[のノ]` + number + `)*`
	citation = division + `(?:` + division + `|前段|後段|本文|ただし書|柱書|[イロハニホヘト])*`
	clock    = `(?:午前|午後)?` + number + `時(?:` + number + `分(?:` + number + `秒)?)?`
	date     = `(?:明治|大正|昭和|平成|令和|西暦)?(?:元|` + number + `)年(?:` + number + `月(?:` + number + `日(?:` + clock + `)?)?)?`
	isoDate  = `[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9.]+)?(?:Z|[+-][0-9]{2}:[0-9]{2})?)?`
	units    = `(?:[万億兆]?円|[万億兆]?人|[万億兆]?件|か月|箇月|ヶ月|時間|週間|分|秒|日|月|条|項|号|回|個|台|名|通|枚|頁|歳|ページ|バイト|ドル|[%％℃])`
	latin    = `(?:[KMGT]i?B|bytes?|ms|min|[cmk]?m|k?g|yen|days?|months?|years?)\b`
	quantity = number + `(?:` + units + `| ?` + latin + `)`
	month    = `(?:January|February|March|April|May|June|July|August|September|October|November|December)`
	english  = `[0-9]{1,2} ` + month + ` [0-9]{4}|(?:Articles?|Art\.|[Pp]aragraph|[Ii]tem|Section|No\.) [0-9]+(?:-[0-9]+)*`
)

// wholes finds what a wide enough column keeps in one piece. It is compiled
// once and never changed.
var wholes = regexp.MustCompile(isoDate + `|` + english + `|` + citation + `|` + date + `|` + clock + `|` + quantity)
