package listing

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding/japanese"
)

func TestDecode(t *testing.T) {
	const text = "利用者の一覧 ｶﾅ C:\\仕事\r\n"
	sjis, _ := japanese.ShiftJIS.NewEncoder().Bytes([]byte(text))
	euc, _ := japanese.EUCJP.NewEncoder().Bytes([]byte("利用者の一覧です。C:\\仕事\r\n"))
	for _, c := range []struct {
		name, in, text, enc string
		offset              int // of the error, or -1
	}{
		{"ascii", "abc\n", "abc\n", UTF8, -1},
		{"empty", "", "", UTF8, -1},
		{"utf-8 mark", "\xEF\xBB\xBF利", "利", UTF8, -1},
		{"utf-8", text, text, UTF8, -1},
		{"utf-8 cut", "利用\xE8\x80", "利用", UTF8, 6},
		{"utf-8 damaged", "利用者の一覧です\xFFあ", "利用者の一覧です", UTF8, 24},
		{"cp932", string(sjis), text, CP932, -1},
		{"cp932 cut", string(sjis[:1]), "", CP932, 0},
		{"euc-jp", string(euc), "利用者の一覧です。C:\\仕事\r\n", EUCJP, -1},
		{"utf-16le mark", "\xFF\xFEa\x00\x42\x30", "aあ", UTF16LE, -1},
		{"utf-16be mark", "\xFE\xFF\x00a\x30\x42", "aあ", UTF16BE, -1},
		{"utf-16le half", "\xFF\xFEa\x00b", "a", UTF16LE, 4},
		{"utf-16le surrogate", "\xFF\xFE\x00\xD8a\x00", "", UTF16LE, 2},
		{"utf-16le pair", "\xFF\xFE\x42\xD8\xB7\xDF", "𠮷", UTF16LE, -1},
		{"utf-16le guessed", "a\x00b\x00\r\x00\n\x00\x42\x30", "ab\r\nあ", UTF16LE, -1},
		{"no encoding", "\xFF\xFF", "", CP932, 0},
	} {
		got, enc, err := Decode([]byte(c.in))
		offset := -1
		var de *DecodeError
		if errors.As(err, &de) {
			offset = de.Offset
		}
		if got != c.text || enc != c.enc || offset != c.offset {
			t.Errorf("%s: got %q %s %d (%v)", c.name, got, enc, offset, err)
		}
	}
}

var sddls = []string{
	"D:PAI(A;OICI;FA;;;SY)",
	"O:BAG:S-1-5-21-1-2-3-513D:AI(D;;WP;;;BU)(A;ID;0x1200a9;;;BU)S:AI(AU;SAFA;FA;;;WD)",
	"O:S-1-5-21-1-2-3-1001D:(A;;FA;;;WD)",
	"D:NO_ACCESS_CONTROL",
	`D:(XA;;FX;;;WD;(@User.Title=="a(b" && (Member_of {SID(BA)})))S:(ML;;NW;;;HI)`,
	"D:", "S:", "D:S:",
}

func TestParseSDDL(t *testing.T) {
	var got strings.Builder
	for _, s := range append(sddls, "", "X:", "D:D:", "D:(A;;FA;;;SY", "D:(A;;ZZ;;;SY)", "D:(A;XX;FA;;;SY)", "D:(A;;FA;;;)", "D:(A)", "O:", "::", "D::") {
		d, err := ParseSDDL(s)
		got.WriteString("# " + s + "\n")
		dumpACL(&got, d)
		if d.NoDACL || d.Protected {
			got.WriteString("  no list or protected\n")
		}
		if err != nil {
			got.WriteString("  error: " + err.Error() + "\n")
		}
	}
	golden(t, "testdata/sddl.want", got.String())
}

func TestScript(t *testing.T) {
	s := Script()
	if !bytes.HasPrefix(s, []byte("\xEF\xBB\xBF# ")) {
		t.Error("the script has no byte order mark: Windows PowerShell would not read its Japanese")
	}
	if bytes.Count(s, []byte("\n")) != bytes.Count(s, []byte("\r\n")) {
		t.Error("the script has line ends that are not those of Windows")
	}
	text, _, err := Decode(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"Set-", "Remove-Item", "Clear-", "Disable-", "Enable-", "Install-", "Invoke-WebRequest",
		"Invoke-RestMethod", "Invoke-Expression", "/grant", "/deny", "/setowner", "/reset", "/add", "/delete", "reg add", "/configure", "Start-Service", "Stop-"} {
		if strings.Contains(text, word) {
			t.Errorf("the script holds %q: it must only read", word)
		}
	}
	// Newer operators that Windows PowerShell 5.1 does not know.
	for _, word := range []string{"??", "?.", " && ", " || ", "-Parallel", "-AsHashtable", "-EnumsAsStrings"} {
		if strings.Contains(text, word) {
			t.Errorf("the script holds %q, which PowerShell 5.1 does not know", word)
		}
	}
	for _, pair := range []string{"{}", "()", "[]"} {
		if strings.Count(text, pair[:1]) != strings.Count(text, pair[1:]) {
			t.Errorf("%s do not pair", pair)
		}
	}
	s[0] = 'x'
	if Script()[0] == 'x' {
		t.Error("a caller can change the script")
	}
}
