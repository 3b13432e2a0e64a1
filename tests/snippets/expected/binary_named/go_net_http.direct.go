// Reads my_photo.png from the folder it is run in.
package main

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
)

func main() {
	file, err := os.ReadFile("my_photo.png")
	if err != nil {
		log.Fatal(err)
	}
	body := bytes.NewReader(file)

	req, err := http.NewRequest("PUT", "https://api.stripe.com/v1/things", body)
	if err != nil {
		log.Fatal(err)
	}
	req.Header.Set("Content-Type", "image/png")

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
