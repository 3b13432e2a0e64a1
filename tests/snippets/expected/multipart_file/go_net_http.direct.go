// Reads photo.png from the folder it is run in.
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
	form.WriteField("title", "Zoë")
	file, err := os.ReadFile("photo.png")
	if err != nil {
		log.Fatal(err)
	}
	part, err := form.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {`form-data; name="photo"; filename="photo.png"`},
		"Content-Type":        {"image/png"},
	})
	if err != nil {
		log.Fatal(err)
	}
	part.Write(file)
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
