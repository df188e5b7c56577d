package egov

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"jobun/checker/law/store"
	"jobun/internal/day"
)

// The law that the small server has: three texts, of which two begin on one day,
// and one that is not in force yet.
const (
	testLaw   = "411AC0000000009"
	firstText = testLaw + "_20160401_426AC0000000069"
	lowerText = testLaw + "_20250601_504AC0000000067"
	dayText   = testLaw + "_20250601_505AC0000000028"
	laterText = testLaw + "_20300401_507AC0000000001"
)

// server speaks as much of the API as is asked for, and fails on order: before it
// answers well, it gives each of fail once.
type server struct {
	*httptest.Server
	mutex sync.Mutex
	asked []string // path and query of every request
	none  []string // the If-None-Match of every request
	fail  []func(w http.ResponseWriter, r *http.Request)
}

func lawXML(text string) string {
	return `<Law Era="Heisei" Year="11" Num="9" LawType="Act" Lang="ja"><LawNum>平成十一年法律第九号</LawNum><LawBody><LawTitle>試し法</LawTitle><MainProvision><Article Num="1"><ArticleTitle>第一条</ArticleTitle><Paragraph Num="1"><ParagraphNum/><ParagraphSentence><Sentence>` + text + `</Sentence></ParagraphSentence></Paragraph></Article></MainProvision></LawBody></Law>`
}

func dataXML(id string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><law_data_response><law_info><law_id>` + testLaw + `</law_id><promulgation_date>1999-08-13</promulgation_date></law_info><revision_info><law_revision_id>` + id +
		`</law_revision_id><amendment_enforcement_date>` + id[16:20] + "-" + id[20:22] + "-" + id[22:24] + `</amendment_enforcement_date><amendment_law_id>` + id[25:] + `</amendment_law_id></revision_info><law_full_text>` + lawXML(id) + `</law_full_text></law_data_response>`
}

func table(ids ...string) string {
	var rows []string
	for _, id := range ids {
		rows = append(rows, fmt.Sprintf(`{"law_revision_id":%q,"law_title":"試し法","amendment_enforcement_date":"%s-%s-%s","amendment_law_id":%q,"repeal_status":"None"}`, id, id[16:20], id[20:22], id[22:24], id[25:]))
	}
	return `{"law_info":{"law_id":"` + testLaw + `","law_num":"平成十一年法律第九号","promulgation_date":"1999-08-13"},"revisions":[` + strings.Join(rows, ",") + `]}`
}

func newServer(t *testing.T, fail ...func(http.ResponseWriter, *http.Request)) *server {
	t.Helper()
	s := &server{fail: fail}
	s.Server = httptest.NewServer(http.HandlerFunc(s.answer))
	t.Cleanup(s.Close)
	return s
}

func (s *server) answer(w http.ResponseWriter, r *http.Request) {
	s.mutex.Lock()
	s.asked, s.none = append(s.asked, r.URL.Path), append(s.none, r.Header.Get("If-None-Match"))
	var fail func(http.ResponseWriter, *http.Request)
	if len(s.fail) > 0 {
		fail, s.fail = s.fail[0], s.fail[1:]
	}
	s.mutex.Unlock()
	if fail != nil {
		fail(w, r)
		return
	}
	etag := `"` + r.URL.Path + `"`
	if r.Header.Get("If-None-Match") == etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("ETag", etag)
	id := filepath.Base(r.URL.Path)
	switch {
	case r.URL.Path == "/law_revisions/"+testLaw:
		fmt.Fprint(w, table(laterText, dayText, lowerText, firstText))
	case strings.HasPrefix(r.URL.Path, "/law_data/"+testLaw+"_"):
		fmt.Fprint(w, dataXML(id))
	default:
		w.WriteHeader(http.StatusNotFound)
		fmt.Fprint(w, `{"code":"404001","message":"指定のパラメータで取得できる法令データは存在しません。"}`)
	}
}

// client asks a test server without waiting; what it would have waited is noted.
func client(s *server) (*Client, *[]time.Duration) {
	var slept []time.Duration
	c := New(s.URL, "jobun/test")
	c.Pause, c.Timeout, c.Attempts = 0, 2*time.Second, 3
	c.Sleep = func(ctx context.Context, d time.Duration) error {
		slept = append(slept, d)
		return ctx.Err()
	}
	return c, &slept
}

func puller(t *testing.T, c *Client, dir string) *Puller {
	t.Helper()
	s, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return &Puller{Client: c, Store: s, Today: date(t, "2026-06-24")}
}

func date(t *testing.T, s string) day.Date {
	t.Helper()
	d, err := day.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// says answers with a status, a header and a body.
func says(code int, body string, header ...string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
		fmt.Fprint(w, body)
	}
}

// cut answers with less than it promises, and hangs up.
func cut(body string) func(http.ResponseWriter, *http.Request) {
	return says(http.StatusOK, body, "Content-Length", "100000")
}

// slow answers after the client has given up.
func slow(w http.ResponseWriter, r *http.Request) {
	select {
	case <-r.Context().Done():
	case <-time.After(10 * time.Second):
	}
}
