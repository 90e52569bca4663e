// A client of an API behind Latchkey, with Go 1.19 or later and no package: a key's whole life, and what to do with each
// answer that is not a success. What is worth copying is in client.go.
package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"time"
)

// Key is as much of a key as this program reads.
type Key struct {
	KeyID     string `json:"keyId"`
	APIKey    string `json:"apiKey"` // In the answer that makes it and never again: store it as you would a password.
	KeyPrefix string `json:"keyPrefix"`
	Type      string `json:"type"`
	Mode      string `json:"mode"`
}

// Item is the sample resource.
type Item struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type object = map[string]any

const items = "/api/v1/items"

// example keeps the ids of what it made, to revoke them.
type example struct {
	url     string
	member  *Client
	made    []string
	limited int
}

func (x *example) onWait(err *APIError, wait time.Duration) {
	if err.Status == http.StatusTooManyRequests {
		x.limited++
	}
	fmt.Printf("waiting    %.1f s, because of %d %s\n", wait.Seconds(), err.Status, err.Code)
}

func (x *example) withKey(apiKey string) *Client {
	return &Client{URL: x.url, Header: "X-Api-Key", Value: apiKey, OnWait: x.onWait}
}

func (x *example) createKey(ctx context.Context, fields object) (Key, error) {
	fields["mode"], fields["expiresInDays"] = "test", 1
	return x.keep(ctx, "/api/v1/keys", fields)
}

func (x *example) keep(ctx context.Context, path string, body object) (Key, error) {
	var key Key
	err := x.member.Call(ctx, http.MethodPost, path, body, &key)
	if err == nil {
		x.made = append(x.made, key.KeyID)
	}
	return key, err
}

// revokeAll goes on where one fails.
func (x *example) revokeAll(ctx context.Context) bool {
	revoked := true
	for _, id := range x.made {
		if err := x.member.Call(ctx, http.MethodDelete, "/api/v1/keys/"+id, nil, nil); err != nil {
			fmt.Fprintf(os.Stderr, "%s is not revoked: %v\n", id, err)
			revoked = false
			continue
		}
		fmt.Printf("revoked    %s\n", id)
	}
	return revoked
}

// refusal is the refusal that a call is expected to meet.
func refusal(status int, err error) (*APIError, error) {
	var refused *APIError
	switch {
	case err == nil:
		return nil, fmt.Errorf("not as expected: success where %d should be", status)
	case !errors.As(err, &refused):
		return nil, err
	case refused.Status != status:
		return nil, fmt.Errorf("not as expected: %w where %d should be", err, status)
	}
	return refused, nil
}

func (x *example) run(ctx context.Context) error {
	key, err := x.createKey(ctx, object{"label": "Go example"})
	if err != nil {
		return err
	}
	fmt.Printf("created    %s (%s...), %s, %s\n", key.KeyID, key.KeyPrefix, key.Type, key.Mode)

	client := x.withKey(key.APIKey)
	var made Item
	if err := client.Call(ctx, http.MethodPost, items, object{"name": "From Go"}, &made); err != nil {
		return err
	}
	var list struct {
		Items []Item `json:"items"`
	}
	if err := client.Call(ctx, http.MethodGet, items, nil, &list); err != nil {
		return err
	}
	if made.Name != "From Go" || len(list.Items) == 0 {
		return errors.New("not as expected: the item was not made")
	}
	fmt.Println("called     POST and GET " + items)

	if err := x.showRefusals(ctx, client); err != nil {
		return err
	}
	if err := x.showRotation(ctx, key); err != nil {
		return err
	}
	return x.showLimit(ctx)
}

func (x *example) showRefusals(ctx context.Context, client *Client) error {
	wrong := x.withKey("fpk_test_" + strings.Repeat("0", 48))
	unauthorized, err := refusal(http.StatusUnauthorized, wrong.Call(ctx, http.MethodGet, items, nil, nil))
	if err != nil {
		return err
	}
	fmt.Printf("refused    %v\n", unauthorized)

	reader, err := x.createKey(ctx, object{"label": "Go reader", "type": "restricted", "scopes": []string{"items:read"}})
	if err != nil {
		return err
	}
	call := x.withKey(reader.APIKey).Call(ctx, http.MethodPost, items, object{"name": "x"}, nil)
	forbidden, err := refusal(http.StatusForbidden, call)
	if err != nil {
		return err
	}
	if forbidden.Code != "insufficient_permissions" {
		return fmt.Errorf("not as expected: the code %s", forbidden.Code)
	}
	fmt.Printf("refused    %v\n", forbidden)

	call = client.Call(ctx, http.MethodPost, items, object{"name": "", "colour": "red"}, nil)
	invalid, err := refusal(http.StatusUnprocessableEntity, call)
	if err != nil {
		return err
	}
	fields := make([]string, len(invalid.Fields))
	for i, each := range invalid.Fields {
		fields[i] = each.Field
	}
	fmt.Printf("refused    %d %s: %s\n", invalid.Status, invalid.Code, strings.Join(fields, ", "))
	return nil
}

func (x *example) showRotation(ctx context.Context, old Key) error {
	successor, err := x.keep(ctx, "/api/v1/keys/"+old.KeyID+"/rotate", object{"graceSeconds": 600})
	if err != nil {
		return err
	}
	for _, key := range []Key{old, successor} {
		if err := x.withKey(key.APIKey).Call(ctx, http.MethodGet, items, nil, nil); err != nil {
			return err
		}
	}
	fmt.Printf("rotated    %s to %s: both work\n", old.KeyID, successor.KeyID)

	if err := x.member.Call(ctx, http.MethodDelete, "/api/v1/keys/"+old.KeyID, nil, nil); err != nil {
		return err
	}
	call := x.withKey(old.APIKey).Call(ctx, http.MethodGet, items, nil, nil)
	if _, err := refusal(http.StatusUnauthorized, call); err != nil {
		return err
	}
	if err := x.withKey(successor.APIKey).Call(ctx, http.MethodGet, items, nil, nil); err != nil {
		return err
	}
	fmt.Printf("revoked    %s: 401 at its next request, and %s works\n", old.KeyID, successor.KeyID)
	return nil
}

func (x *example) showLimit(ctx context.Context) error {
	slow, err := x.createKey(ctx, object{"label": "Go, slowly", "limits": object{"perMinute": 5, "perHour": 1_000}})
	if err != nil {
		return err
	}
	calls := 0
	// Twice the limit and one, since a new minute may begin in between.
	for ; calls < 11 && x.limited == 0; calls++ {
		if err := x.withKey(slow.APIKey).Call(ctx, http.MethodGet, items, nil, nil); err != nil {
			return err
		}
	}
	if x.limited == 0 {
		return errors.New("not as expected: a key with 5 requests a minute met no limit")
	}
	fmt.Printf("succeeded  request %d with %s, after the wait\n", calls, slow.KeyID)
	return nil
}

func main() {
	url, token := os.Getenv("LATCHKEY_URL"), os.Getenv("LATCHKEY_TOKEN")
	if url == "" {
		url = "http://localhost:3000"
	}
	if token == "" {
		fmt.Fprintln(os.Stderr, `Set LATCHKEY_TOKEN to a member's token: LATCHKEY_TOKEN="$(npm run -s token)"`)
		os.Exit(1)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()

	x := &example{url: url}
	x.member = &Client{URL: url, Header: "Authorization", Value: "Bearer " + token, OnWait: x.onWait}
	err := x.run(ctx)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	// Whoever interrupts the program wants its keys revoked, too.
	revoked := x.revokeAll(context.Background())
	if err != nil || !revoked {
		os.Exit(1)
	}
}
