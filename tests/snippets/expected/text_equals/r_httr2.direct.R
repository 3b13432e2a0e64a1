# install.packages("httr2")
library(httr2)

response <- request("https://api.stripe.com/v1/things") |>
  req_body_raw("=1+1", type = "text/plain; charset=utf-8") |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
