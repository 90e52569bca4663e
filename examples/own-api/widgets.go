// The same as widgets.py in Go: who calls is in the event.
package main

import (
	"encoding/json"
	"net/http"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
)

type object = map[string]any

func handle(event events.APIGatewayProxyRequest) (response, error) {
	caller := func(name string) string {
		value, _ := event.RequestContext.Authorizer[name].(string)
		return value
	}
	// What is left of the caller's limit, as every answer of the API says it.
	headers := map[string]string{"RateLimit": caller("rateLimit"), "RateLimit-Policy": caller("rateLimitPolicy")}
	// Only a route that says limited: 'handler' comes here over its limit.
	if caller("limited") == "true" {
		headers["Retry-After"] = caller("retryAfter")
		more := object{"retry_after": json.Number(caller("retryAfter"))}
		return refuse(http.StatusTooManyRequests, "rate_limited", "Rate limit exceeded.", headers, more)
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
		more := object{"errors": []object{{"field": "name", "message": "A text is needed"}}}
		return refuse(http.StatusUnprocessableEntity, "validation_failed", "The request is not valid.", headers, more)
	}
	body["name"] = widget.Name
	return answer(http.StatusCreated, "application/json", body, headers)
}

type response = events.APIGatewayProxyResponse

func answer(status int, mediaType string, body object, headers map[string]string) (response, error) {
	text, err := json.Marshal(body)
	headers["Content-Type"] = mediaType
	return response{StatusCode: status, Headers: headers, Body: string(text)}, err
}

func refuse(status int, code, detail string, headers map[string]string, more object) (response, error) {
	more["status"], more["code"], more["detail"] = status, code, detail
	return answer(status, "application/problem+json", more, headers)
}

func main() { lambda.Start(handle) }
