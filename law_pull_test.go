package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
)

// law pull against a server of its own: what it fetches is shown by law show; what
// cannot be had, and no server, are errors that say what to do.
func TestLawPull(t *testing.T) {
	const id = "140AC0000000045_20250601_505AC0000000028"
	table := `{"law_info":{"law_id":"140AC0000000045","law_num":"明治四十年法律第四十五号"},"revisions":[{"law_revision_id":"` + id + `","law_title":"刑法","amendment_enforcement_date":"2025-06-01","amendment_law_id":"505AC0000000028"}]}`
	text := `<law_data_response><law_info><law_id>140AC0000000045</law_id></law_info><revision_info><law_revision_id>` + id + `</law_revision_id><amendment_enforcement_date>2025-06-01</amendment_enforcement_date></revision_info><law_full_text><Law Era="Meiji" Year="40" Num="45" LawType="Act" Lang="ja"><LawNum>明治四十年法律第四十五号</LawNum><LawBody><LawTitle>刑法</LawTitle><MainProvision><Article Num="246"><ArticleTitle>第二百四十六条</ArticleTitle><Paragraph Num="1"><ParagraphNum/><ParagraphSentence><Sentence>人を欺いて</Sentence></ParagraphSentence></Paragraph></Article></MainProvision></LawBody></Law></law_full_text></law_data_response>`
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/law_revisions/140AC0000000045":
			fmt.Fprint(w, table)
		case "/law_data/" + id:
			fmt.Fprint(w, text)
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	dir := filepath.Join(t.TempDir(), "store")
	command := func(want int, args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		if code := run(append(args, "--law-dir", dir), strings.NewReader(""), &out, &errs); code != want {
			t.Errorf("jobun %s: exit code %d, want %d\n%s%s", strings.Join(args, " "), code, want, out.String(), errs.String())
		}
		if strings.Contains(errs.String(), "\r") {
			t.Errorf("progress is shown where there is no terminal: %q", errs.String())
		}
		return out.String() + errs.String()
	}
	pull := func(want int, args ...string) string {
		t.Helper()
		return command(want, append([]string{"law", "pull", "--pause", "0s", "--server", server.URL}, args...)...)
	}
	for _, c := range []struct{ have, want string }{
		{pull(exitRan, "刑法"), "刑法: e-Govの一覧1版、取得1、保存済み0、変更なし0、取得できず0"},
		{pull(exitRan, "刑法", "--on", "2025-06-01"), "取得0、保存済み1"},
		{command(exitRan, "law", "show", "刑法246条", "--on", "2025-06-01"), "人を欺いて"},
		{pull(exitInput, "刑法", "--on", "2012-02-05"), "e-Govに2012-02-05の条文はない（最も古いものは2025-06-01）"},
		{pull(exitInput, "民法", "刑法"), "サーバーにその法令又は条文がありません（404「Not Found"},
		{pull(exitUsage, "刑法典"), "「刑法」のことですか"},
		{pull(exitUsage, "subscriber-terms"), "法令ではなく"},
		{command(exitRan, "law", "versions", "刑法"), "e-Govの一覧: 1版、うち保存していないもの0版"},
	} {
		if !strings.Contains(c.have, c.want) {
			t.Errorf("have %q, want %q", c.have, c.want)
		}
	}
	server.Close()
	// A closed port is refused at once, and then asked again after 1, 2, 4 and 8
	// seconds; a name that is not known is not.
	if have := command(exitInput, "law", "pull", "刑法", "--server", "http://no-such-host.invalid"); !strings.Contains(have, "サーバーに接続できません") || !strings.Contains(have, "jobun law import ファイル") || !strings.Contains(have, "HTTPS_PROXY") {
		t.Errorf("%q", have)
	}
}
