package egov

import (
	"context"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jobun/checker/law/lawxml"
	"jobun/checker/law/store"
	"jobun/internal/day"
)

// What passes is asked for again, as often as is allowed and no sooner than the
// server asks; what does not pass is told at once.
func TestAskingAgain(t *testing.T) {
	future := time.Now().Add(30 * time.Second).UTC().Format(http.TimeFormat)
	for _, c := range []struct {
		says  string
		fail  []func(http.ResponseWriter, *http.Request)
		want  error
		asked int
		slept time.Duration // the longest wait, at least
	}{
		{"well", nil, nil, 1, 0},
		{"500, then well", []func(http.ResponseWriter, *http.Request){says(500, "")}, nil, 2, time.Second},
		{"503 twice, then well", []func(http.ResponseWriter, *http.Request){says(503, ""), says(503, "")}, nil, 3, 2 * time.Second},
		{"500 for ever", []func(http.ResponseWriter, *http.Request){says(500, ""), says(502, ""), says(504, "")}, ErrBusy, 3, 2 * time.Second},
		{"429 with seconds", []func(http.ResponseWriter, *http.Request){says(429, "", "Retry-After", "7")}, nil, 2, 7 * time.Second},
		{"429 with a date", []func(http.ResponseWriter, *http.Request){says(429, "", "Retry-After", future)}, nil, 2, 20 * time.Second},
		{"429 until tomorrow", []func(http.ResponseWriter, *http.Request){says(429, "", "Retry-After", "86400")}, ErrBusy, 1, 0},
		{"cut short, then well", []func(http.ResponseWriter, *http.Request){cut("<law")}, nil, 2, time.Second},
		{"broken, then well", []func(http.ResponseWriter, *http.Request){says(200, "<law_data_response><Law>")}, nil, 2, time.Second},
		{"another text", []func(http.ResponseWriter, *http.Request){says(200, dataXML(lowerText)), says(200, dataXML(lowerText)), says(200, dataXML(lowerText))}, ErrBroken, 3, 0},
		{"a web page", []func(http.ResponseWriter, *http.Request){says(200, "<!DOCTYPE html>"), says(200, "<html>"), says(200, "<HTML>")}, ErrBroken, 3, 0},
		{"nothing", []func(http.ResponseWriter, *http.Request){says(200, ""), says(200, ""), says(200, "")}, ErrBroken, 3, 0},
		{"slow, then well", []func(http.ResponseWriter, *http.Request){slow}, nil, 2, time.Second},
		{"404", []func(http.ResponseWriter, *http.Request){says(404, `{"code":"404001","message":"ない"}`)}, ErrNotFound, 1, 0},
		{"400", []func(http.ResponseWriter, *http.Request){says(400, `{"code":"400004","message":"日付"}`)}, ErrRefused, 1, 0},
		{"too long", []func(http.ResponseWriter, *http.Request){says(200, strings.Repeat("x", 5000))}, ErrTooLong, 1, 0},
		{"304 that was not asked for", []func(http.ResponseWriter, *http.Request){says(304, "")}, ErrRefused, 1, 0},
	} {
		s := newServer(t, c.fail...)
		client, slept := client(s)
		client.Timeout, client.Limit = 300*time.Millisecond, 4000
		a, err := client.Data(context.Background(), dayText, "")
		if !errors.Is(err, c.want) || (err == nil) != (c.want == nil) {
			t.Errorf("%s: %v", c.says, err)
		}
		if c.want == nil && !strings.Contains(string(a.Body), dayText) {
			t.Errorf("%s: %q", c.says, a.Body)
		}
		if len(s.asked) != c.asked {
			t.Errorf("%s: asked %d times, want %d", c.says, len(s.asked), c.asked)
		}
		longest := time.Duration(0)
		for _, d := range *slept {
			longest = max(longest, d)
		}
		if longest < c.slept {
			t.Errorf("%s: waited %v, want %v", c.says, *slept, c.slept)
		}
	}
}

// What the API says of an error reaches the user.
func TestMessages(t *testing.T) {
	s := newServer(t, says(400, `{"code":"400004","message":"日付（asof等）が誤っています。"}`))
	c, _ := client(s)
	if _, err := c.Data(context.Background(), dayText, ""); err == nil || !strings.Contains(err.Error(), "400004 日付（asof等）が誤っています。") {
		t.Errorf("%v", err)
	}
	if _, err := c.Data(context.Background(), "../../etc/passwd", ""); !errors.Is(err, ErrNotFound) || len(s.asked) != 1 {
		t.Errorf("an id that is none was asked for: %v %v", err, s.asked)
	}
}

// Without a server the error says so, after all attempts.
func TestNoNetwork(t *testing.T) {
	s := newServer(t)
	c, slept := client(s)
	s.Close()
	if _, err := c.Data(context.Background(), dayText, ""); !errors.Is(err, ErrNoNetwork) || len(*slept) != 2 {
		t.Errorf("%v after %v", err, *slept)
	}
	if _, err := puller(t, c, t.TempDir()).Law(context.Background(), testLaw, day.Date{}); !errors.Is(err, ErrNoNetwork) {
		t.Errorf("%v", err)
	}
}

// A proxy that the environment names is asked for what the server has. The
// environment is read once a process, so it takes one of its own.
func TestProxy(t *testing.T) {
	if os.Getenv("JOBUN_TEST_PROXY") != "" {
		c := New("http://laws.e-gov.example/api/2", "jobun/test")
		c.Pause, c.Attempts = 0, 1
		if _, err := c.Data(context.Background(), dayText, ""); err != nil {
			t.Fatal(err)
		}
		return
	}
	proxy := newServer(t, says(http.StatusOK, dataXML(dayText)))
	child := exec.Command(os.Args[0], "-test.run=^TestProxy$")
	child.Env = append(os.Environ(), "JOBUN_TEST_PROXY=1", "HTTP_PROXY="+proxy.URL, "http_proxy="+proxy.URL, "NO_PROXY=", "no_proxy=")
	if out, err := child.CombinedOutput(); err != nil || len(proxy.asked) != 1 {
		t.Errorf("%v, the proxy was asked %v\n%s", err, proxy.asked, out)
	}
}

// Another server's redirection is not followed.
func TestRedirect(t *testing.T) {
	other := newServer(t)
	s := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, other.URL+r.URL.Path, http.StatusFound)
	})
	c, _ := client(s)
	if _, err := c.Data(context.Background(), dayText, ""); !errors.Is(err, ErrRefused) || len(other.asked) != 0 {
		t.Errorf("%v, the other was asked %v", err, other.asked)
	}
}

// Between two requests there is a pause.
func TestPause(t *testing.T) {
	s := newServer(t)
	c, slept := client(s)
	c.Pause = time.Hour
	for range 2 {
		if _, err := c.Data(context.Background(), dayText, ""); err != nil {
			t.Fatal(err)
		}
	}
	if len(*slept) != 1 || (*slept)[0] < 59*time.Minute {
		t.Errorf("paused %v", *slept)
	}
}

// A pull takes of one day's texts the last, nothing that is not in force yet, and
// asks for nothing twice; stopped in between, it goes on.
func TestPull(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "store")
	s := newServer(t)
	c, _ := client(s)
	p := puller(t, c, dir)
	pulled, err := p.Law(context.Background(), testLaw, date(t, "2025-06-01"))
	if err != nil || strings.Join(pulled.Added, " ") != dayText || pulled.Listed != 4 {
		t.Fatalf("%+v %v", pulled, err)
	}
	pulled, err = p.Law(context.Background(), testLaw, day.Date{})
	if err != nil || strings.Join(pulled.Added, " ") != firstText || pulled.Held != 1 {
		t.Fatalf("%+v %v", pulled, err)
	}
	want := "/law_revisions/" + testLaw + " /law_data/" + dayText + " /law_revisions/" + testLaw + " /law_data/" + firstText
	if have := strings.Join(s.asked, " "); have != want {
		t.Errorf("asked %s", have)
	}
	if s.none[0] != "" || s.none[2] == "" {
		t.Errorf("If-None-Match: %q", s.none)
	}
	// Another process goes on with what is on the disk.
	again := puller(t, c, dir)
	again.Refresh = true
	again.Today = p.Today.Add(30) // what has not changed is then known to be as of this day
	pulled, err = again.Law(context.Background(), testLaw, day.Date{})
	if err != nil || len(pulled.Added) != 0 || pulled.Same != 2 {
		t.Errorf("%+v %v", pulled, err)
	}
	a, err := again.Store.Revision(testLaw, date(t, "2025-06-02"))
	if err != nil || a.Status != store.Held || a.Revision.ID != dayText || a.Revision.Grade != store.User || a.Revision.Fetched != p.Today.Add(30) {
		t.Errorf("%+v %v", a, err)
	}
	if a, _ := again.Store.Revision(testLaw, date(t, "2030-04-01")); a.Status != store.Gap {
		t.Errorf("of a text that is not in force yet: %s", a.Status)
	}
	pulled, err = again.Law(context.Background(), testLaw, date(t, "2012-02-05"))
	if err != nil || !pulled.NoneOn || pulled.Earliest != date(t, "2016-04-01") {
		t.Errorf("%+v %v", pulled, err)
	}
	if v, err := again.Store.Verify(context.Background()); err != nil || !v.Sound() || len(v.Orphans) > 0 {
		t.Errorf("%+v %v", v, err)
	}
}

// A text that cannot be had does not end the pull; without its table a law cannot
// be pulled; tags that are broken cost a request and nothing else.
func TestPullGoesOn(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "store")
	s := newServer(t, says(200, table(firstText, dayText)), says(404, ""))
	c, _ := client(s)
	p := puller(t, c, dir)
	pulled, err := p.Law(context.Background(), testLaw, day.Date{})
	if err != nil || len(pulled.Failed) != 1 || strings.Join(pulled.Added, " ") != dayText {
		t.Fatalf("%+v %v", pulled, err)
	}
	if err := os.WriteFile(p.tagsPath(), []byte("{broken"), 0o644); err != nil {
		t.Fatal(err)
	}
	if pulled, err = p.Law(context.Background(), testLaw, day.Date{}); err != nil || strings.Join(pulled.Added, " ") != firstText {
		t.Errorf("%+v %v", pulled, err)
	}
	if _, err := p.Law(context.Background(), "999AC0000000001", day.Date{}); !errors.Is(err, ErrNotFound) {
		t.Errorf("%v", err)
	}
	stopped, stop := context.WithCancel(context.Background())
	stop()
	if _, err := p.Law(stopped, testLaw, day.Date{}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// Whatever a server answers is an answer or an error, and no text of another law.
func FuzzAnswers(f *testing.F) {
	for _, seed := range []string{table(firstText), dataXML(dayText), lawXML("x"), `{"law_info":null}`, "<html>", "", "[[[["} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		if checkTable(body, testLaw) == nil {
			found, err := lawxml.ReadTable(body)
			if err != nil || len(found.Revisions) == 0 {
				t.Error(found, err)
			}
			for _, r := range found.Revisions {
				if !strings.HasPrefix(r.ID, testLaw+"_") {
					t.Errorf("text %q of another law", r.ID)
				}
			}
		}
		_ = checkText(body, dayText)
		_ = apiMessage(body)
	})
}
