import json


def handler(event, context):
    caller = event["requestContext"]["authorizer"]
    headers = {"RateLimit": caller["rateLimit"], "RateLimit-Policy": caller["rateLimitPolicy"]}
    if str(caller.get("limited")).lower() == "true":
        headers |= {"Retry-After": str(caller["retryAfter"]), "Content-Type": "application/problem+json"}
        problem = {"title": "Too Many Requests", "status": 429, "code": "rate_limited"}
        return {"statusCode": 429, "headers": headers, "body": json.dumps(problem)}
    body = {"caller": caller["principalId"], "mode": caller["mode"]}
    return {"statusCode": 200, "headers": headers, "body": json.dumps(body)}
