package main

// This file is made to be copied.

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	maxAttempts    = 4
	longestWait    = time.Minute // A limit of an hour may ask for more: that is for the caller to decide.
	requestTimeout = 15 * time.Second
)

// FieldError says what was refused of a request (422).
type FieldError struct {
	Field   string `json:"field"`
	Message string `json:"message"`
}

// APIError is an answer other than success. Decide by Status and Code, which stay; Detail is for people.
type APIError struct {
	Status     int            `json:"-"`
	Code       string         `json:"code"`
	Detail     string         `json:"detail"`
	Fields     []FieldError   `json:"errors"`
	RetryAfter *time.Duration `json:"-"` // nil where the answer does not say.
}

func (e *APIError) Error() string { return fmt.Sprintf("%d %s: %s", e.Status, e.Code, e.Detail) }

// Client calls the API with one credential.
type Client struct {
	URL string
	// Header and Value say who calls, such as X-Api-Key and a key.
	Header, Value string
	// OnWait is told of every wait; it may be nil.
	OnWait func(err *APIError, wait time.Duration)
}

var transport = &http.Client{
	Timeout: requestTimeout,
	// The API redirects none of these calls, and a credential must not follow one elsewhere.
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// Call sends body as JSON, unless it is nil, and reads the answer into answer, unless that is nil. It waits where waiting
// helps. Of an answer that is no success, the error is an *APIError.
func (c *Client) Call(ctx context.Context, method, path string, body, answer any) error {
	for attempt := 1; ; attempt++ {
		err := c.send(ctx, method, path, body, answer)
		var refused *APIError
		if !errors.As(err, &refused) || attempt == maxAttempts {
			return err
		}
		wait, helps := waitAfter(refused, method, attempt)
		if !helps {
			return err
		}
		// Never sooner, and not all clients at the same moment.
		jitter, err := rand.Int(rand.Reader, big.NewInt(int64(2*time.Second)))
		if err != nil {
			return err
		}
		wait += time.Duration(jitter.Int64())
		if c.OnWait != nil {
			c.OnWait(refused, wait)
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (c *Client) send(ctx context.Context, method, path string, body, answer any) error {
	var content io.Reader
	if body != nil {
		encoded, err := json.Marshal(body)
		if err != nil {
			return err
		}
		content = bytes.NewReader(encoded)
	}
	request, err := http.NewRequestWithContext(ctx, method, strings.TrimRight(c.URL, "/")+path, content)
	if err != nil {
		return err
	}
	request.Header.Set(c.Header, c.Value)
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := transport.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode < 200 || response.StatusCode > 299 {
		return newAPIError(response, text)
	}
	if answer == nil {
		return nil
	}
	return json.Unmarshal(text, answer)
}

func newAPIError(response *http.Response, text []byte) *APIError {
	refused := &APIError{}
	// What stands between you and the API, such as a proxy, may answer in a form of its own.
	if json.Unmarshal(text, refused) != nil || refused.Code == "" {
		refused = &APIError{Code: "unknown", Detail: "the API answered " + response.Status}
	}
	refused.Status = response.StatusCode
	if seconds, err := strconv.Atoi(response.Header.Get("Retry-After")); err == nil && seconds >= 0 {
		after := time.Duration(seconds) * time.Second
		refused.RetryAfter = &after
	}
	return refused
}

// waitAfter says how long to wait before the same request may succeed, and whether repeating it helps and is safe.
func waitAfter(refused *APIError, method string, attempt int) (wait time.Duration, helps bool) {
	// 429: nothing was done. 503: something may have been, so only what can be done twice is repeated.
	// 401, 403 and 422 would be the same again: the key, its scopes or the request have to change.
	mayRepeat := refused.Status == http.StatusTooManyRequests ||
		refused.Status == http.StatusServiceUnavailable && method != http.MethodPost
	wait = time.Second << attempt
	if refused.RetryAfter != nil {
		wait = *refused.RetryAfter
	}
	return wait, mayRepeat && wait <= longestWait
}
