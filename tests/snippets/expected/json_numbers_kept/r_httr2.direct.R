# install.packages("httr2")
library(httr2)

response <- request("https://api.stripe.com/v1/things") |>
  req_body_raw(r"({"small":1e-7,"large":1e+21,"plain":100,"point":0.000001,"x":9007199254740991})", type = "application/json") |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
