# install.packages("httr2")
# httr2 cannot repeat a header field: X-Many is joined into one.
library(httr2)

response <- request("https://api.stripe.com/v1/things") |>
  req_headers(
    `X-Many` = "a, b",
    `X-Other` = "o"
  ) |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
