package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"os"
	"strings"
)

func main() {
	body := strings.NewReader(`{"q":1}`)

	req, err := http.NewRequest("POST", "https://api.stripe.com/v1/pins/"+url.PathEscape(os.Getenv("STRIPE_PIN"))+"?pin="+url.QueryEscape(os.Getenv("STRIPE_QUERY_PIN"))+"&page=2", body)
	if err != nil {
		log.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+os.Getenv("STRIPE_API_KEY"))
	req.Header.Set("Content-Type", "application/json")

	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		log.Fatal(err)
	}
	defer resp.Body.Close()

	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(resp.Status)
	fmt.Println(string(answer))
}
