# install.packages("httr2")
library(httr2)

response <- request("https://api.stripe.com/v1/things") |>
  req_body_raw("{\"__proto__\":{\"a\":1},\"'\\\"\\\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\\\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a\":\"'\\\"\\\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\\\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a\",\"2\":\"index\",\"10\":null,\"1\":true,\"line\\r\\nend\":\"\u2028\u2029\\t\\u001b[31m\u007f\",\"bidi\":\"a\u202eb\u200bc\u00a0d\ufeff\",\"emoji\":\"🎉 ❤\ufe0f é 漢字\",\"delete\":[[],{},\"\",false],\"constructor\":-1.5}", type = "application/json") |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
