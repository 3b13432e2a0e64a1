# install.packages("httr2")
library(httr2)

response <- request("https://api.stripe.com/v1/things") |>
  req_body_raw("a=%C3%A9", type = "application/x-www-form-urlencoded; charset=utf-8") |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
