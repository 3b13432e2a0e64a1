# install.packages("httr2")
library(httr2)

response <- request("http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession") |>
  req_body_raw("{\n  \"__proto__\": {\n    \"a\": 1\n  },\n  \"'\\\"\\\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\\\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a\": \"'\\\"\\\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\\\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a\",\n  \"2\": \"index\",\n  \"10\": null,\n  \"1\": true,\n  \"line\\r\\nend\": \"\u2028\u2029\\t\\u001b[31m\u007f\",\n  \"bidi\": \"a\u202eb\u200bc\u00a0d\ufeff\",\n  \"emoji\": \"🎉 ❤\ufe0f é 漢字\",\n  \"delete\": [\n    [],\n    {},\n    \"\",\n    false\n  ],\n  \"constructor\": -1.5\n}", type = "application/json") |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
