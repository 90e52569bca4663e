"""A client of an API behind Latchkey, with Python 3.9 or later and no package: a key's whole life, and what to do with
each answer that is not a success. `ApiError` and `ApiClient` are made to be copied."""

from __future__ import annotations

import json
import os
import random
import sys
import time
import urllib.error
import urllib.request
from typing import Any, Callable

MAX_ATTEMPTS = 4
LONGEST_WAIT = 60  # Seconds. A limit of an hour may ask for more: that is for the caller to decide.
REQUEST_TIMEOUT = 15  # Seconds.


class ApiError(Exception):
    """An answer other than success. Decide by `status` and `code`, which stay; the message is for people."""

    def __init__(self, status: int, problem: dict[str, Any], retry_after: int | None) -> None:
        super().__init__(problem.get("detail", f"The API answered {status}"))
        self.status = status
        self.code = problem.get("code", "unknown")
        self.fields = problem.get("errors", [])  # Of a 422: what was refused, each {"field", "message"}.
        self.retry_after = retry_after  # Seconds.


class NoRedirects(urllib.request.HTTPRedirectHandler):
    """The API redirects none of these calls, and a credential must not follow one elsewhere."""

    def redirect_request(self, *_: Any) -> None:
        return None


class ApiClient:
    def __init__(
        self,
        url: str,
        credential: dict[str, str],
        on_wait: Callable[[ApiError, float], None] = lambda error, seconds: None,
    ) -> None:
        """`credential` is the header that says who calls, such as {"X-Api-Key": key}."""
        self._url = url.rstrip("/")
        self._credential = credential
        self._on_wait = on_wait
        self._opener = urllib.request.build_opener(NoRedirects)

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """Returns the answer's JSON, or None where there is none. Waits where waiting helps. Raises ApiError."""
        attempt = 1
        while True:
            try:
                return self._send(method, path, body)
            except ApiError as error:
                seconds = seconds_to_wait(error, method, attempt)
                if seconds is None or attempt == MAX_ATTEMPTS:
                    raise
                self._on_wait(error, seconds)
                time.sleep(seconds)
                attempt += 1

    def _send(self, method: str, path: str, body: dict[str, Any] | None) -> Any:
        headers = {**self._credential, "Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._url + path, data, headers, method=method)
        try:
            with self._opener.open(request, timeout=REQUEST_TIMEOUT) as response:
                content = response.read()
                return json.loads(content) if content else None
        except urllib.error.HTTPError as refused:
            retry_after = refused.headers.get("Retry-After", "")
            seconds = int(retry_after) if retry_after.isdecimal() else None
            raise ApiError(refused.code, parse_problem(refused.read()), seconds) from None


def parse_problem(content: bytes) -> dict[str, Any]:
    """What stands between you and the API, such as a proxy, may answer in a form of its own."""
    try:
        problem = json.loads(content)
    except ValueError:
        return {}
    return problem if isinstance(problem, dict) else {}


def seconds_to_wait(error: ApiError, method: str, attempt: int) -> float | None:
    """Seconds after which the same request may succeed, or None where repeating it is of no use or not safe."""
    # 429: nothing was done. 503: something may have been, so only what can be done twice is repeated.
    # 401, 403 and 422 would be the same again: the key, its scopes or the request have to change.
    may_repeat = error.status == 429 or (error.status == 503 and method != "POST")
    seconds = 2**attempt if error.retry_after is None else error.retry_after
    if not may_repeat or seconds > LONGEST_WAIT:
        return None
    # Never sooner, and not all clients at the same moment.
    return seconds + random.uniform(0, 2)


def check(condition: bool, what: str) -> None:
    if not condition:
        raise RuntimeError(f"Not as expected: {what}")


def refusal(status: int, client: ApiClient, method: str, path: str, body: dict[str, Any] | None = None) -> ApiError:
    """The refusal that a call is expected to meet."""
    try:
        client.call(method, path, body)
    except ApiError as error:
        check(error.status == status, f"{error.status} where {status} should be")
        return error
    raise RuntimeError(f"Not as expected: success where {status} should be")


class KeyRing:
    """Makes keys as a member and keeps what to revoke. A key itself is in the answer that makes it and never again:
    store it as you would a password."""

    def __init__(self, member: ApiClient) -> None:
        self._member = member
        self._made: list[str] = []

    def create(self, **fields: Any) -> dict[str, Any]:
        return self._keep("/api/v1/keys", {"mode": "test", "expiresInDays": 1, **fields})

    def rotate(self, key_id: str, grace_seconds: int) -> dict[str, Any]:
        return self._keep(f"/api/v1/keys/{key_id}/rotate", {"graceSeconds": grace_seconds})

    def _keep(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        key = self._member.call("POST", path, body)
        self._made.append(key["keyId"])
        return key

    def revoke_all(self) -> bool:
        """Goes on where one fails, and leaves the error that led here as it is."""
        revoked = True
        for key_id in self._made:
            try:
                self._member.call("DELETE", f"/api/v1/keys/{key_id}")
                print(f"revoked    {key_id}", flush=True)
            except (ApiError, OSError) as error:
                print(f"{key_id} is not revoked: {describe(error)}", file=sys.stderr)
                revoked = False
        return revoked


def describe(error: Exception) -> str:
    return f"{error.status} {error.code}: {error}" if isinstance(error, ApiError) else str(error)


def show(url: str, member: ApiClient, keys: KeyRing, on_wait: Callable[[ApiError, float], None]) -> None:
    def with_key(api_key: str) -> ApiClient:
        return ApiClient(url, {"X-Api-Key": api_key}, on_wait)

    key = keys.create(label="Python example")
    print(f"created    {key['keyId']} ({key['keyPrefix']}...), {key['type']}, {key['mode']}", flush=True)
    client = with_key(key["apiKey"])

    item = client.call("POST", "/api/v1/items", {"name": "From Python"})
    items = client.call("GET", "/api/v1/items")["items"]
    check(item["name"] == "From Python" and len(items) > 0, "the item is made")
    print("called     POST and GET /api/v1/items", flush=True)

    wrong = refusal(401, with_key("fpk_test_" + "0" * 48), "GET", "/api/v1/items")
    print(f"refused    401 {wrong.code}: {wrong}", flush=True)

    reader = keys.create(label="Python reader", type="restricted", scopes=["items:read"])
    forbidden = refusal(403, with_key(reader["apiKey"]), "POST", "/api/v1/items", {"name": "x"})
    check(forbidden.code == "insufficient_permissions", f"the code {forbidden.code}")
    print(f"refused    403 {forbidden.code}: {forbidden}", flush=True)

    invalid = refusal(422, client, "POST", "/api/v1/items", {"name": "", "colour": "red"})
    print(f"refused    422 {invalid.code}: {', '.join(each['field'] for each in invalid.fields)}", flush=True)

    successor = keys.rotate(key["keyId"], grace_seconds=600)
    client.call("GET", "/api/v1/items")
    with_key(successor["apiKey"]).call("GET", "/api/v1/items")
    print(f"rotated    {key['keyId']} to {successor['keyId']}: both work", flush=True)

    member.call("DELETE", f"/api/v1/keys/{key['keyId']}")
    refusal(401, client, "GET", "/api/v1/items")
    with_key(successor["apiKey"]).call("GET", "/api/v1/items")
    print(f"revoked    {key['keyId']}: 401 at its next request, and {successor['keyId']} works", flush=True)

    slow = keys.create(label="Python, slowly", limits={"perMinute": 5, "perHour": 1_000})
    statuses: list[int] = []

    def on_limit(error: ApiError, seconds: float) -> None:
        statuses.append(error.status)
        on_wait(error, seconds)

    limited = ApiClient(url, {"X-Api-Key": slow["apiKey"]}, on_limit)
    calls = 0
    while 429 not in statuses and calls < 11:  # Twice the limit and one, since a new minute may begin in between.
        limited.call("GET", "/api/v1/items")
        calls += 1
    check(429 in statuses, "a key with 5 requests a minute meets its limit")
    print(f"succeeded  request {calls} with {slow['keyId']}, after the wait", flush=True)


def main() -> int:
    url = os.environ.get("LATCHKEY_URL") or "http://localhost:3000"
    token = os.environ.get("LATCHKEY_TOKEN")
    if not token:
        print('Set LATCHKEY_TOKEN to a member\'s token: LATCHKEY_TOKEN="$(npm run -s token)"', file=sys.stderr)
        return 1

    def on_wait(error: ApiError, seconds: float) -> None:
        print(f"waiting    {seconds:.1f} s, because of {error.status} {error.code}", flush=True)

    member = ApiClient(url, {"Authorization": f"Bearer {token}"}, on_wait)
    keys = KeyRing(member)
    succeeded = False
    try:
        show(url, member, keys, on_wait)
        succeeded = True
    except (ApiError, OSError, RuntimeError) as error:
        print(describe(error), file=sys.stderr)
    except KeyboardInterrupt:
        # Whoever interrupts the program wants its keys revoked, too.
        print("Interrupted", file=sys.stderr)
    finally:
        revoked = keys.revoke_all()
    return 0 if succeeded and revoked else 1


if __name__ == "__main__":
    sys.exit(main())
