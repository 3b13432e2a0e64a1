# install.packages("httr2")
library(httr2)

response <- request("https://api.stripe.com/v1/things") |>
  req_method("HEAD") |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
