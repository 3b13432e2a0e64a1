package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"os"
)

func main() {
	req, err := http.NewRequest("GET", "https://api.stripe.com/v1/keys/"+url.PathEscape(os.Getenv("STRIPE_PASSWD"))+"/uses;by=a?limit=3&passwd="+url.QueryEscape(os.Getenv("MAPS_KEY"))+"&page=2", nil)
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
