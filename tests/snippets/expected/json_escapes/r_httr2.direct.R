# install.packages("httr2")
library(httr2)

response <- request("https://api.stripe.com/v1/things") |>
  req_body_raw(r"({"a":"\ud800","slash":"\/","e":"\u00e9"})", type = "application/json") |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
