import json


def handler(event, context):
    """Two routes behind Latchkey, without any library: who calls is in the event.

    Whatever a table of yours holds, read it by the organization and the mode of who calls: then nobody is ever shown
    what is another's.
    """
    caller = event["requestContext"]["authorizer"]
    # What is left of the caller's limit, as every answer of the API says it.
    headers = {"RateLimit": caller["rateLimit"], "RateLimit-Policy": caller["rateLimitPolicy"]}
    # Only a route that says limited: 'handler' comes here over its limit.
    if str(caller.get("limited")).lower() == "true":
        headers["Retry-After"] = str(caller["retryAfter"])
        return refuse(429, "rate_limited", "Rate limit exceeded.", headers, retry_after=int(caller["retryAfter"]))

    who = {"caller": caller["principalId"], "organizationId": caller["organizationId"], "mode": caller["mode"]}
    if event["httpMethod"] == "GET":
        return answer(200, {"widgetId": event["pathParameters"]["widgetId"], **who}, headers)
    name = read_name(event["body"])
    if name is None:
        errors = [{"field": "name", "message": "A text is needed"}]
        return refuse(422, "validation_failed", "The request is not valid.", headers, errors=errors)
    return answer(201, {"name": name, **who}, headers)


def read_name(body):
    try:
        fields = json.loads(body or "")
    except ValueError:
        return None
    name = fields.get("name") if isinstance(fields, dict) else None
    return name if isinstance(name, str) and name else None


def answer(status, body, headers):
    headers = {"Content-Type": "application/json", **headers}
    return {"statusCode": status, "headers": headers, "body": json.dumps(body)}


def refuse(status, code, detail, headers, **more):
    headers = {"Content-Type": "application/problem+json", **headers}
    return answer(status, {"status": status, "code": code, "detail": detail, **more}, headers)
