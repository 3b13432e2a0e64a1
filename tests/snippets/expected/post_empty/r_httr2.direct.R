# install.packages("httr2")
library(httr2)

response <- request("https://api.stripe.com/v1/things") |>
  req_method("POST") |>
  req_headers(
    `Content-Type` = "text/plain; charset=utf-8",
    `Content-Length` = "0"
  ) |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
