# install.packages("httr2")
# httr2 adds a Content-Type of its own: application/x-www-form-urlencoded.
library(httr2)

response <- request("https://api.stripe.com/v1/things") |>
  req_body_raw("no type") |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
