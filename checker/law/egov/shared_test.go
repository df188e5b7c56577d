package egov

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jobun/checker/law"
	"jobun/checker/law/store"
	"jobun/internal/day"
)

// sharedServer speaks the API from the collected answers and texts.
func sharedServer(t *testing.T) *server {
	t.Helper()
	dir := os.Getenv("JOBUN_SHARED")
	if dir == "" {
		t.Skip("JOBUN_SHARED is not set: the API's collected answers are NOT read")
	}
	read := func(w http.ResponseWriter, code int, name string) {
		data, err := os.ReadFile(filepath.Join(dir, "law", name))
		if err != nil {
			code, data = http.StatusNotFound, []byte(`{"code":"404001","message":"ない"}`)
		}
		w.WriteHeader(code)
		_, _ = w.Write(data)
	}
	s := &server{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.asked = append(s.asked, r.URL.Path)
		id := filepath.Base(r.URL.Path)
		switch {
		case r.URL.Path == "/laws" && r.URL.Query().Get("asof") == "tomorrow":
			read(w, http.StatusBadRequest, "api/error_law_data_bad_asof.json")
		case r.URL.Path == "/laws" && r.URL.Query().Get("law_title") == "不正アクセス":
			read(w, http.StatusOK, "api/laws_title.json")
		case r.URL.Path == "/laws":
			read(w, http.StatusOK, "api/laws_empty.json")
		case strings.HasPrefix(r.URL.Path, "/law_revisions/"):
			read(w, http.StatusOK, "api/law_revisions_"+id+".json")
		default:
			data, err := os.ReadFile(filepath.Join(dir, "law", "xml", id[:15], id+".xml"))
			if err != nil {
				read(w, http.StatusNotFound, "api/error_law_data_unknown_law.json")
				return
			}
			text := string(data[strings.Index(string(data), "<Law"):])
			fmt.Fprintf(w, `<law_data_response><law_info><law_id>%s</law_id></law_info><revision_info><law_revision_id>%s</law_revision_id><amendment_enforcement_date>%s-%s-%s</amendment_enforcement_date><amendment_law_id>%s</amendment_law_id></revision_info><law_full_text>%s</law_full_text></law_data_response>`,
				id[:15], id, id[16:20], id[20:22], id[22:24], id[25:], text)
		}
	}))
	t.Cleanup(s.Close)
	return s
}

// The collected answers are read, and a law is pulled whole from them.
func TestSharedPull(t *testing.T) {
	s := sharedServer(t)
	c, _ := client(s)
	p := puller(t, c, filepath.Join(t.TempDir(), "store"))
	pulled, err := p.Law(context.Background(), "411AC0000000128", day.Date{})
	if err != nil || pulled.Listed != 3 || len(pulled.Added) != 3 || len(pulled.Failed) > 0 {
		t.Fatalf("%+v %v", pulled, err)
	}
	place, err := law.ParsePlace("2(4)(ii)")
	if err != nil {
		t.Fatal(err)
	}
	text, err := p.Store.Text("411AC0000000128", date(t, "2025-06-01"), place)
	if err != nil || text.Found != store.Provision || !strings.HasPrefix(text.Text, "アクセス制御機能を有する特定電子計算機に") {
		t.Errorf("%+v %v", text, err)
	}
	pulled, err = p.Law(context.Background(), "140AC0000000045", date(t, "2025-06-01"))
	if err != nil || strings.Join(pulled.Added, " ") != "140AC0000000045_20250601_505AC0000000028" {
		t.Errorf("%+v %v", pulled, err)
	}
	if pulled, err = p.Law(context.Background(), "411AC0000000128", date(t, "2012-02-05")); err != nil || !pulled.NoneOn || pulled.Earliest != date(t, "2012-11-01") {
		t.Errorf("%+v %v", pulled, err)
	}
}
