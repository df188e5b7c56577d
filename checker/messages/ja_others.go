package messages

import (
	"slices"

	"jobun/internal/phrases"
)

// ofOthers are what the libraries say that read flags, TOML, JSON, conditions and
// archives, and what Go's own packages say.
var ofOthers = slices.Concat(ofFlags, ofTOML, ofExpr, ofGo)

var ofFlags = []phrases.Phrase{
	{"unknown flag: %i", "%i という指定はありません"},
	{"unknown shorthand flag: '%s' in %i", "%[2]i の「%[1]s」という指定はありません"},
	{"flag needs an argument: %i", "%i には値が必要です"},
	{"flag needs an argument: '%s' in %i", "%[2]i の「%[1]s」には値が必要です"},
	{"bad flag syntax: %i", "%i は指定の書き方と違います"},
	{"invalid argument %q for %q flag: %e", "%[2]q の値「%[1]q」は指定できません: %[3]e"},
	{"strconv.ParseBool: parsing %q: invalid syntax", "「%q」は true でも false でもありません"},
	{"strconv.ParseInt: parsing %q: invalid syntax", "「%q」は整数ではありません"},
	{"strconv.Atoi: parsing %q: invalid syntax", "「%q」は整数ではありません"},
	{"time: invalid duration %q", "「%q」は時間として読めません"},
	{"time: missing unit in duration %q", "「%q」に時間の単位がありません（例 2s）"},
	{"accepts %d arg(s), received %d", "引数は %d個です。%d個あります"},
	{"accepts at most %d arg(s), received %d", "引数は %d個までです。%d個あります"},
	{"accepts between %d and %d arg(s), received %d", "引数は %d個から %d個までです。%d個あります"},
	{"requires at least %d arg(s), only received %d", "引数は %d個以上必要です。%d個しかありません"},
	{"unknown command %q for %q", "%[2]q に「%[1]q」というコマンドはありません"},
	{"required flag(s) %s not set", "必要な指定がありません: %s"},
}

var ofTOML = []phrases.Phrase{
	{"expected newline but got %w", "行が終わるべき所に%wがあります"},
	{"expected ']' to close table name", "表の名を閉じる ] がありません"},
	{"expected ']]' to close array table name", "表の名を閉じる ]] がありません"},
	{"expected '=' after key", "キーの後に = がありません"},
	{"expected key but reached end of input", "キーがあるべき所でファイルが終わっています"},
	{"invalid character at start of key: %w", "キーの初めに%wは書けません"},
	{"expected value, not end of input", "値があるべき所でファイルが終わっています"},
	{"arrays and inline tables are nested more than the maximum of %d levels deep", "リストと { } の表の入れ子が %d段を超えています"},
	{"unexpected character %w at start of value", "値の初めに%wは書けません"},
	{"expected keyword %q", "「%q」のはずの語が違います"},
	{"array is incomplete", "リストが閉じていません"},
	{"expected value but got %w", "値があるべき所に%wがあります"},
	{"expected ',' or ']' after array value", "リストの値の後に , 又は ] がありません"},
	{"inline table is incomplete", "{ } の表が閉じていません"},
	{"unexpected comma in inline table", "{ } の表に余分なコンマがあります"},
	{"expected ',' or '}' after inline table key-value", "{ } の表の値の後に , 又は } がありません"},
	{"number must have at least one digit between underscores", "数の _ の間には数字が必要です"},
	{"expected number after sign", "符号の後に数がありません"},
	{"expected %q", "「%q」がありません"},
	{"expected digit but got %w", "数字があるべき所に%wがあります"},
	{"sign is not allowed on numbers with a radix prefix", "0x などで始まる数に符号は付けられません"},
	{"radix prefix must be followed by at least one digit", "0x などの後には数字が必要です"},
	{"integers cannot have leading zeroes", "整数を 0 で始めることはできません"},
	{"decimal point must be followed by a digit", "小数点の後には数字が必要です"},
	{"exponent must contain at least one digit", "指数には数字が必要です"},
	{"strings must be quoted", `文字列は " で囲んでください`},
	{"unterminated literal string", "' で始まる文字列が閉じていません"},
	{"literal strings cannot have new lines", "' で囲む文字列の中で改行はできません"},
	{"literal strings cannot have control characters", "' で囲む文字列に制御文字は置けません"},
	{"multiline literal string not terminated by '''", "''' で始まる文字列が閉じていません"},
	{"unterminated basic string", `" で始まる文字列が閉じていません`},
	{"basic strings cannot have new lines", `" で囲む文字列の中で改行はできません`},
	{"basic strings cannot have control characters", `" で囲む文字列に制御文字は置けません`},
	{`need a character after \`, `\ の後に文字がありません`},
	{"invalid escape character %w", `\ の後に%wは書けません`},
	{"unicode escape sequence is too short", `\u の後の桁が足りません`},
	{"invalid hexadecimal digit in unicode escape sequence", `\u の後に16進でない文字があります`},
	{"escape sequence is not a valid unicode code point", `\u の後が文字の番号ではありません`},
	{"too many quotes at the end of a multiline basic string", `文字列の終わりの " が多すぎます`},
	{"too many quotes at the end of a multiline literal string", "文字列の終わりの ' が多すぎます"},
	{"carriage returns must be followed by a newline character", "CR だけの改行があります"},
	{`multiline basic string not terminated by """`, `""" で始まる文字列が閉じていません`},
	{"invalid datetime: %s", "日付又は時刻として読めません: %s"},
	{"%s is out of range", "%s は数の範囲を超えています"},
}

var ofExpr = []phrases.Phrase{
	{"unexpected token %s(%s)", "ここに %[2]s（%[1]s）は書けません"},
	{"unexpected token EOF", "条件が途中で終わっています"},
	{"unexpected end of expression", "条件が途中で終わっています"},
	{"unclosed comment", "注釈が閉じていません"},
	{"expected name", "名が必要です"},
	{"literal not terminated", "文字列が閉じていません"},
	{"invalid char escape", `文字列の \ の後が、特殊文字の書き方になっていません`},
	{"unrecognized character: %s", "この文字は使えません: %s"},
	{"bad number syntax: %q", "「%q」は数として読めません"},
	{"integer literal is too large", "整数が大きすぎます"},
	{"float literal is too large", "数が大きすぎます"},
	{"expected at least %d arguments", "引数が %d個以上必要です"},
	{"error parsing regexp: %e", "%e"},
	{"missing closing ): `%s`", "閉じる ) がありません: %s"},
	{"unexpected ): `%s`", "余分な ) があります: %s"},
	{"missing closing ]: `%s`", "閉じる ] がありません: %s"},
	{"missing argument to repetition operator: `%s`", "繰返しの記号の前に何もありません: %s"},
	{"invalid nested repetition operator: `%s`", "繰返しの記号が重なっています: %s"},
	{"invalid repeat count: `%s`", "繰返しの回数が正しくありません: %s"},
	{"invalid escape sequence: `%s`", `\ の後が正しくありません: %s`},
	{"trailing backslash at end of expression: ``", `\ で終わっています`},
	{"invalid character class range: `%s`", "文字の範囲が正しくありません: %s"},
	{"invalid or unsupported Perl syntax: `%s`", "使えない書き方です: %s"},
}

var ofGo = []phrases.Phrase{
	{"EOF", "途中で終わっています"},
	{"unexpected EOF", "途中で終わっています"},
	{"unexpected end of JSON input", "JSON が途中で終わっています"},
	{"invalid character %s looking for beginning of value", "値があるべき所に %s があります"},
	{"invalid character %s looking for beginning of object key string", "キーがあるべき所に %s があります"},
	{"invalid character %s after object key:value pair", "値の後に %s があります"},
	{"invalid character %s after object key", "キーの後に %s があります"},
	{"invalid character %s after array element", "リストの値の後に %s があります"},
	{"invalid character %s after top-level value", "終わりの後に %s があります"},
	{"invalid character %s in string literal", "文字列に %s があります"},
	{"json: unknown field %q", "「%q」というキーは読めません"},
	{"json: cannot unmarshal %s into Go value of type %s", "「%[1]s」を %[2]s の値として読めません"},
	{"json: cannot unmarshal %s into Go struct field %s of type %s", "%[2]s の「%[1]s」を %[3]s の値として読めません"},
	{"XML syntax error on line %d: %e", "XML の %d行目: %e"},
	{"element <%s> closed by </%s>", "<%s> が </%s> で閉じられています"},
	{"unexpected end element </%s>", "</%s> に対応する始まりがありません"},
	{"invalid UTF-8", "UTF-8 ではありません"},
	{"gzip: invalid header", "gzip ではありません"},
	{"gzip: invalid checksum", "gzip のチェックサムが合いません"},
	{"zip: not a valid zip file", "zip ではありません"},
	{"zip: checksum error", "zip のチェックサムが合いません"},
	{"zip: unsupported compression algorithm", "読めない圧縮方式の zip です"},
	{"flate: corrupt input before offset %d", "圧縮されたデータが、%dバイト目の前で壊れています"},
	{"context canceled", "中断しました"},
	{"context deadline exceeded", "時間切れです"},
	{"signal: %s", "シグナル %s で止まりました"},
	{"exit status %d", "終了コード %d"},
	{"exit status %d: %s", "終了コード %d:「%s」"},
	{"exec: %q: executable file not found in $PATH", "「%q」というプログラムが見つかりません"},
	{"dial tcp %i: %e", "%i: %e"},
	{"dial tcp: %e", "%e"},
	{"connect: %e", "%e"},
	{"lookup %i: %e", "%i: %e"},
	{"lookup %i on %i: %e", "%[1]i: %[3]e（%[2]i に問合せ）"},
	{"read tcp %i: %e", "%i: %e"},
	{"no such host", "サーバーの名が見つかりません"},
	{"connection refused", "接続を断られました"},
	{"connection reset by peer", "接続を切られました"},
	{"network is unreachable", "ネットワークにつながりません"},
	{"no route to host", "サーバーへの経路がありません"},
	{"i/o timeout", "時間切れです"},
	{"server gave HTTP response to HTTPS client", "サーバーが HTTPS で応答していません"},
	{"tls: failed to verify certificate: %s", "サーバーの証明書を確かめられません:「%s」"},
}

// ofSystems are what systems say of files.
func ofSystems() []phrases.Phrase {
	var all []phrases.Phrase
	for _, of := range []phrases.Phrase{
		{"open", "を開けません"}, {"openat", "を開けません"}, {"read", "を読めません"}, {"write", "に書き込めません"},
		{"stat", "を調べられません"}, {"lstat", "を調べられません"}, {"statat", "を調べられません"}, {"fstatat", "を調べられません"},
		{"readdirent", "の一覧を読めません"}, {"readdir", "の一覧を読めません"}, {"mkdir", "を作れません"}, {"mkdirat", "を作れません"},
		{"remove", "を消せません"}, {"unlink", "を消せません"}, {"unlinkat", "を消せません"}, {"chmod", "の権限を変えられません"},
		{"truncate", "を切り詰められません"}, {"sync", "を書き込み終えられません"}, {"close", "を閉じられません"}, {"seek", "を読み進められません"},
		{"CreateFile", "を調べられません"}, {"GetFileAttributesEx", "を調べられません"}, {"readlink", "のリンク先を読めません"},
	} {
		all = append(all, phrases.Phrase{of.En() + " %s: %e", "「%s」" + of.Ja() + ": %e"})
	}
	for _, none := range noSuchFile {
		for _, seek := range []string{"open", "openat", "stat", "lstat", "statat", "fstatat", "remove", "CreateFile", "GetFileAttributesEx"} {
			all = append(all, phrases.Phrase{seek + " %s: " + none, "「%s」がありません"})
		}
		all = append(all, phrases.Phrase{none, "ファイル又はフォルダーがありません"})
	}
	return slices.Concat(slices.DeleteFunc(all, func(p phrases.Phrase) bool {
		return slices.ContainsFunc(ours(), func(our phrases.Phrase) bool { return our.En() == p.En() })
	}), ofErrnos)
}

// noSuchFile is that a file is not there, as Go, Unix and Windows say it.
var noSuchFile = []string{"file does not exist", "no such file or directory", "The system cannot find the file specified.", "The system cannot find the path specified."}

var ofErrnos = []phrases.Phrase{
	{"rename %s %s: %e", "「%s」の名を「%s」に変えられません: %e"},
	{"permission denied", "権限がありません"},
	{"operation not permitted", "許可されていない操作です"},
	{"file exists", "もうあります"},
	{"file already exists", "もうあります"},
	{"is a directory", "フォルダーです"},
	{"not a directory", "フォルダーではありません"},
	{"directory not empty", "フォルダーが空ではありません"},
	{"invalid argument", "扱えない値です"},
	{"file name too long", "名が長すぎます"},
	{"no space left on device", "空き容量がありません"},
	{"disk quota exceeded", "使える容量を超えています"},
	{"read-only file system", "書き込めないディスクです"},
	{"too many open files", "開いているファイルが多すぎます"},
	{"too many levels of symbolic links", "シンボリックリンクが多すぎます"},
	{"input/output error", "読み書きの途中で装置の誤りがありました"},
	{"device or resource busy", "使用中です"},
	{"resource temporarily unavailable", "今は使えません"},
	{"text file busy", "使用中です"},
	{"broken pipe", "書出し先が閉じられました"},
	{"file already closed", "もう閉じられています"},
	{"short write", "途中までしか書き込めませんでした"},
	{"path escapes from parent", "フォルダーの外を指しています"},
	{"Access is denied.", "アクセスが拒否されました"},
	{"The process cannot access the file because it is being used by another process.", "ほかのプログラムが使っています"},
	{"The filename, directory name, or volume label syntax is incorrect.", "名の書き方が正しくありません"},
	{"There is not enough space on the disk.", "空き容量がありません"},
	{"The directory is not empty.", "フォルダーが空ではありません"},
	{"Incorrect function.", "できない操作です"},
}
