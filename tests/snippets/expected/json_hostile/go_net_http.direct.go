package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"strings"
)

func main() {
	body := strings.NewReader("{\"__proto__\":{\"a\":1},\"'\\\"\\\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\\\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a\":\"'\\\"\\\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\\\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a\",\"2\":\"index\",\"10\":null,\"1\":true,\"line\\r\\nend\":\"\u2028\u2029\\t\\u001b[31m\x7f\",\"bidi\":\"a\u202eb\u200bc\u00a0d\ufeff\",\"emoji\":\"🎉 ❤\ufe0f é 漢字\",\"delete\":[[],{},\"\",false],\"constructor\":-1.5}")

	req, err := http.NewRequest("POST", "https://api.stripe.com/v1/things", body)
	if err != nil {
		log.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")

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
