package main

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"mime/multipart"
	"net/http"
)

func main() {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	form.WriteField("title", "It's $HOME")
	form.WriteField("at", "@/etc/passwd;type=x")
	form.WriteField("empty", "")
	form.Close()

	req, err := http.NewRequest("POST", "https://api.stripe.com/v1/things", &body)
	if err != nil {
		log.Fatal(err)
	}
	req.Header.Set("Content-Type", form.FormDataContentType())

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
