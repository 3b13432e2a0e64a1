// Reads a.txt, a_2.txt from the folder it is run in.
package main

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"os"
)

func main() {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	file, err := os.ReadFile("a.txt")
	if err != nil {
		log.Fatal(err)
	}
	part, err := form.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {`form-data; name="f"; filename="-a.txt"`},
		"Content-Type":        {"text/plain"},
	})
	if err != nil {
		log.Fatal(err)
	}
	part.Write(file)
	file2, err := os.ReadFile("a_2.txt")
	if err != nil {
		log.Fatal(err)
	}
	part2, err := form.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {`form-data; name="f"; filename="-a.txt"`},
		"Content-Type":        {"text/plain"},
	})
	if err != nil {
		log.Fatal(err)
	}
	part2.Write(file2)
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
