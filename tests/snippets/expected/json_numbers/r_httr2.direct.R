# install.packages("httr2")
library(httr2)

response <- request("https://api.stripe.com/v1/things") |>
  req_body_raw(r"({"a":1.0,"b":1E5,"c":12345678901234567890,"d":-0,"e":1e400,"f":0.1})", type = "application/json") |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
