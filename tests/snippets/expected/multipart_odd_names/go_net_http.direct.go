package main

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"net/http"
)

func main() {
	var body bytes.Buffer
	body.WriteString("--boundary-1f\r\nContent-Disposition: form-data; name=\"a=b\"\r\n\r\n1\r\n--boundary-1f\r\nContent-Disposition: form-data; name=\"q%22uote\"\r\n\r\n2\r\n--boundary-1f\r\nContent-Disposition: form-data; name=\"line%0D%0Aend\"\r\n\r\n3\r\n4\r\n--boundary-1f\r\nContent-Disposition: form-data; name=\"é\"\r\n\r\n\x00\xff\r\n--boundary-1f--\r\n")

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
