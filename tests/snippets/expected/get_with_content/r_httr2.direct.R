# install.packages("httr2")
library(httr2)

response <- request("https://api.stripe.com/v1/things") |>
  req_method("GET") |>
  req_body_raw(r"({"q":1})", type = "application/json") |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
