package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"strings"
)

func main() {
	body := strings.NewReader("{\n  \"__proto__\": {\n    \"a\": 1\n  },\n  \"'\\\"\\\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\\\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a\": \"'\\\"\\\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\\\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a\",\n  \"2\": \"index\",\n  \"10\": null,\n  \"1\": true,\n  \"line\\r\\nend\": \"\u2028\u2029\\t\\u001b[31m\x7f\",\n  \"bidi\": \"a\u202eb\u200bc\u00a0d\ufeff\",\n  \"emoji\": \"🎉 ❤\ufe0f é 漢字\",\n  \"delete\": [\n    [],\n    {},\n    \"\",\n    false\n  ],\n  \"constructor\": -1.5\n}")

	req, err := http.NewRequest("POST", "http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession", body)
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
