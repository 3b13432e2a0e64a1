# install.packages("httr2")
library(httr2)

response <- request("https://api.stripe.com/v1/things") |>
  req_body_raw("tags=a+b&tags=c%26d&amp=x%26y%3Dz%2Bw&empty=&7=7", type = "application/x-www-form-urlencoded") |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
