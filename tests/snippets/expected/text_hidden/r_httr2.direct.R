# install.packages("httr2")
library(httr2)

response <- request("https://api.stripe.com/v1/things") |>
  req_body_raw(openssl::base64_decode("YeKArmLigItjwqBk77u/CRtbMkoNCgB/YeKArmLigItjwqBk77u/"), type = "text/plain; charset=utf-8") |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
