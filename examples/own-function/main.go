package main

import (
	"fmt"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
)

func handle(event events.APIGatewayProxyRequest) (events.APIGatewayProxyResponse, error) {
	caller := event.RequestContext.Authorizer
	text := func(name string) string { return fmt.Sprint(caller[name]) }
	headers := map[string]string{"RateLimit": text("rateLimit"), "RateLimit-Policy": text("rateLimitPolicy")}
	if text("limited") == "true" {
		headers["Retry-After"], headers["Content-Type"] = text("retryAfter"), "application/problem+json"
		body := `{"title":"Too Many Requests","status":429,"code":"rate_limited"}`
		return events.APIGatewayProxyResponse{StatusCode: 429, Headers: headers, Body: body}, nil
	}
	body := fmt.Sprintf(`{"caller":%q,"mode":%q}`, text("principalId"), text("mode"))
	return events.APIGatewayProxyResponse{StatusCode: 200, Headers: headers, Body: body}, nil
}

func main() { lambda.Start(handle) }
