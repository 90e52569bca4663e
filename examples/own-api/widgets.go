// The same as widgets.py in Go: who calls is in the event.
package main

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
)

type object = map[string]any

func handle(event events.APIGatewayProxyRequest) (events.APIGatewayProxyResponse, error) {
	caller := func(name string) string {
		value, _ := event.RequestContext.Authorizer[name].(string)
		return value
	}
	// What is left of the caller's limit, as every answer of the API says it.
	headers := map[string]string{"RateLimit": caller("rateLimit"), "RateLimit-Policy": caller("rateLimitPolicy")}
	// Only a route that says limited: 'handler' comes here over its limit.
	if caller("limited") == "true" {
		headers["Retry-After"] = caller("retryAfter")
		return refuse(http.StatusTooManyRequests, "rate_limited", "Rate limit exceeded.", headers)
	}

	body := object{"caller": caller("principalId"), "organizationId": caller("organizationId"), "mode": caller("mode")}
	if event.HTTPMethod == http.MethodGet {
		body["widgetId"] = event.PathParameters["widgetId"]
		return answer(http.StatusOK, "application/json", body, headers)
	}
	var widget struct {
		Name string `json:"name"`
	}
	if json.Unmarshal([]byte(event.Body), &widget) != nil || widget.Name == "" {
		return refuse(http.StatusUnprocessableEntity, "validation_failed", "A name is needed.", headers)
	}
	body["name"] = widget.Name
	return answer(http.StatusCreated, "application/json", body, headers)
}

func answer(status int, mediaType string, body object, headers map[string]string) (events.APIGatewayProxyResponse, error) {
	text, err := json.Marshal(body)
	if err != nil {
		return events.APIGatewayProxyResponse{}, fmt.Errorf("the answer is no JSON: %w", err)
	}
	headers["Content-Type"] = mediaType
	return events.APIGatewayProxyResponse{StatusCode: status, Headers: headers, Body: string(text)}, nil
}

func refuse(status int, code, detail string, headers map[string]string) (events.APIGatewayProxyResponse, error) {
	body := object{"status": status, "code": code, "detail": detail}
	return answer(status, "application/problem+json", body, headers)
}

func main() { lambda.Start(handle) }
