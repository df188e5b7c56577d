// Package egov asks e-Gov's 法令API version 2 for laws, their revisions and their
// texts, and puts them into the law store. It is the only package that talks to a
// network.
//
// It asks slowly, one thing at a time, asks again after what passes (a lost line,
// 429, a server's error, an answer cut short), and never for what the store holds.
package egov

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Official is the API's address.
const Official = "https://laws.e-gov.go.jp/api/2"

// Client asks one server. Its fields are set before it is first used.
type Client struct {
	Base     string        // the API's address, without a slash at the end
	Agent    string        // the User-Agent
	Pause    time.Duration // between two requests
	Timeout  time.Duration // of one request, with its answer
	Attempts int           // how often one thing is asked for
	Limit    int64         // the most bytes of one answer
	Sleep    func(ctx context.Context, d time.Duration) error

	http *http.Client
	last time.Time
}

// New makes a client that works through the proxy that HTTPS_PROXY, HTTP_PROXY and
// NO_PROXY name.
func New(base, agent string) *Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.Proxy = http.ProxyFromEnvironment
	transport.ResponseHeaderTimeout = 45 * time.Second
	return &Client{
		Base: strings.TrimRight(base, "/"), Agent: agent, Pause: time.Second, Timeout: 2 * time.Minute, Attempts: 5, Limit: 64 << 20, Sleep: sleep,
		http: &http.Client{Transport: transport, CheckRedirect: sameHost},
	}
}

// sameHost follows a server's redirections to itself only, and never from https
// to http.
func sameHost(r *http.Request, via []*http.Request) error {
	first := via[0].URL
	switch {
	case len(via) >= 4:
		return errors.New("it redirects too often")
	case r.URL.Host != first.Host || r.URL.Scheme != first.Scheme:
		return fmt.Errorf("it redirects to another server, %s", r.URL.Host)
	}
	return nil
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// Answer is what a server said to one request.
type Answer struct {
	URL       string
	Body      []byte
	ETag      string
	Unchanged bool // 304: what is held is still right
}

// The reasons for which there is no answer, for errors.Is.
var (
	ErrNoNetwork = errors.New("the server cannot be reached")
	ErrNotFound  = errors.New("the server has no such law or text")
	ErrRefused   = errors.New("the server refuses the request")
	ErrBroken    = errors.New("the answer is broken")
	ErrTooLong   = errors.New("the answer is longer than any law")
	ErrBusy      = errors.New("the server is busy or out of order")
)

// transient is an error after which to ask again.
type transient struct {
	err   error
	after time.Duration // what the server asks for; zero: nothing
}

func (t *transient) Error() string { return t.err.Error() }
func (t *transient) Unwrap() error { return t.err }

// get asks for one thing until there is an answer that check takes, or the
// attempts are used up.
func (c *Client) get(ctx context.Context, path string, query url.Values, etag string, check func([]byte) error) (Answer, error) {
	address := c.Base + path
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	wait := time.Second
	for attempt := 1; ; attempt++ {
		if err := c.polite(ctx); err != nil {
			return Answer{}, err
		}
		a, err := c.once(ctx, address, etag)
		if err == nil && !a.Unchanged {
			if err = check(a.Body); err != nil {
				err = &transient{err: fmt.Errorf("%w: %w", ErrBroken, err)}
			}
		}
		if err == nil {
			return a, nil
		}
		if ctx.Err() != nil {
			return Answer{}, ctx.Err()
		}
		var again *transient
		if !errors.As(err, &again) || attempt >= c.Attempts {
			return Answer{}, fmt.Errorf("ask %s: %w", address, err)
		}
		if again.after > maxWait {
			return Answer{}, fmt.Errorf("ask %s: %w: it asks to wait for %s", address, err, again.after)
		}
		if err := c.Sleep(ctx, max(wait, again.after)); err != nil {
			return Answer{}, err
		}
		wait = min(2*wait, 30*time.Second)
	}
}

// maxWait is the longest that a server's Retry-After is heeded; after that it is
// for the user to try again.
const maxWait = 2 * time.Minute

// polite waits until a pause after the last request is over.
func (c *Client) polite(ctx context.Context) error {
	if left := c.Pause - time.Since(c.last); !c.last.IsZero() && left > 0 {
		if err := c.Sleep(ctx, left); err != nil {
			return err
		}
	}
	c.last = time.Now()
	return ctx.Err()
}

// once asks once.
func (c *Client) once(ctx context.Context, address, etag string) (Answer, error) {
	ctx, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return Answer{}, err
	}
	req.Header.Set("User-Agent", c.Agent)
	req.Header.Set("Accept", "application/xml, application/json")
	if etag != "" {
		req.Header.Set("If-None-Match", etag)
	}
	res, err := c.http.Do(req)
	if err != nil {
		return Answer{}, unreachable(err, c.Timeout)
	}
	defer res.Body.Close()
	a := Answer{URL: address, ETag: res.Header.Get("ETag")}
	if res.StatusCode == http.StatusNotModified && etag != "" {
		a.Unchanged, a.ETag = true, etag
		return a, nil
	}
	a.Body, err = io.ReadAll(io.LimitReader(res.Body, c.Limit+1))
	if err != nil {
		return Answer{}, &transient{err: fmt.Errorf("%w: it ends after %d bytes: %w", ErrBroken, len(a.Body), unwrapped(err))}
	}
	if int64(len(a.Body)) > c.Limit {
		return Answer{}, fmt.Errorf("%w: more than %d bytes", ErrTooLong, c.Limit)
	}
	return a, status(res, a.Body)
}

// status is what a status says; nil for a good one.
func status(res *http.Response, body []byte) error {
	said := apiMessage(body)
	switch code := res.StatusCode; {
	case code == http.StatusOK:
		return nil
	case code == http.StatusTooManyRequests, code >= 500, code == http.StatusRequestTimeout:
		return &transient{err: fmt.Errorf("%w: %s%s", ErrBusy, res.Status, said), after: retryAfter(res.Header.Get("Retry-After"), time.Now())}
	case code == http.StatusNotFound:
		return fmt.Errorf("%w: %s%s", ErrNotFound, res.Status, said)
	default:
		return fmt.Errorf("%w: %s%s", ErrRefused, res.Status, said)
	}
}

// retryAfter reads seconds or a date.
func retryAfter(s string, now time.Time) time.Duration {
	if seconds, err := strconv.Atoi(strings.TrimSpace(s)); err == nil && seconds > 0 {
		return time.Duration(min(seconds, 1<<30)) * time.Second
	}
	if t, err := http.ParseTime(s); err == nil && t.After(now) {
		return t.Sub(now)
	}
	return 0
}

// unreachable tells a user what to do without a network.
func unreachable(err error, timeout time.Duration) error {
	var dns *net.DNSError
	var refused *url.Error
	switch {
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &refused) && refused.Timeout():
		return &transient{err: fmt.Errorf("%w: no answer within %s", ErrNoNetwork, timeout)}
	case errors.As(err, &dns) && dns.IsNotFound:
		return fmt.Errorf("%w: its name %s is not known (no network?)", ErrNoNetwork, dns.Name)
	case strings.Contains(err.Error(), "redirects"), strings.Contains(err.Error(), "certificate"):
		return fmt.Errorf("%w: %w", ErrRefused, unwrapped(err))
	}
	return &transient{err: fmt.Errorf("%w: %w", ErrNoNetwork, unwrapped(err))}
}

// unwrapped drops the address, which is said already.
func unwrapped(err error) error {
	var e *url.Error
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}
