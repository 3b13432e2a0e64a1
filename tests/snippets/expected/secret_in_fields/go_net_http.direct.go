package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
)

func main() {
	req, err := http.NewRequest("GET", "https://api.stripe.com/v1/things", nil)
	if err != nil {
		log.Fatal(err)
	}
	req.Header.Set("X-Client-Secret", os.Getenv("STRIPE_API_KEY"))
	req.Header.Set("X-Page", "2")
	req.Header.Set("Cookie", "theme=dark; token="+os.Getenv("MAPS_KEY")+"; a=b")

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
