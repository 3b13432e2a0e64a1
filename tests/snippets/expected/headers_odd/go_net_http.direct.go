package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
)

func main() {
	req, err := http.NewRequest("GET", "https://api.stripe.com/v1/things", nil)
	if err != nil {
		log.Fatal(err)
	}
	req.Header.Set("X-Empty", "")
	req.Header.Set("X-Semicolon", ";")
	req.Header.Set("X-Quotes", "'\"\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a")
	req.Header.Set("x-Lower", "@file")
	req.Header.Set("X-Accents", "é 漢")
	req.Header.Set("1-Digit", "2")
	req.Header.Set("X-Comma", "a, b")
	req.Header.Set("X-Back", "\\")

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
