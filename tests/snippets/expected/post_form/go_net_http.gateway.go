package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strings"
)

func main() {
	body := strings.NewReader(`{
  "session": "cs_test_a1B2c3",
  "line_items": [
    {
      "quantity": 2,
      "price_data": {
        "currency": "usd",
        "unit_amount": 1500,
        "product": "prod_123"
      }
    }
  ],
  "metadata": {
    "order": "6735"
  }
}`)

	req, err := http.NewRequest("POST", "http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession", body)
	if err != nil {
		log.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+os.Getenv("STRIPE_API_KEY"))

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
