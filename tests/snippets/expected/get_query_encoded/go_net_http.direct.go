package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
)

func main() {
	query := url.Values{
		"expand[]":       {"data.customer"},
		"filter[status]": {"é&="},
		"note":           {"#'"},
	}

	req, err := http.NewRequest("GET", "https://api.stripe.com/v1/search?"+query.Encode(), nil)
	if err != nil {
		log.Fatal(err)
	}

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
