// Reads raw from the folder it is run in.
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
	var body bytes.Buffer
	body.WriteString("--boundary-1f\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\nX-Part: 1\r\n\r\n{\"a\":1}\r\n--boundary-1f\r\nContent-Disposition: form-data; name=\"f\"; filename=\"raw\"\r\n\r\n")
	file, err := os.ReadFile("raw")
	if err != nil {
		log.Fatal(err)
	}
	body.Write(file)
	body.WriteString("\r\n--boundary-1f--\r\n")

	req, err := http.NewRequest("POST", "https://api.stripe.com/v1/things", &body)
	if err != nil {
		log.Fatal(err)
	}
	req.Header.Set("Content-Type", "multipart/form-data; boundary=boundary-1f")

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
