# install.packages("httr2")
library(httr2)

response <- request("https://api.stripe.com/v1/%2E%2E/../things/.") |>
  req_options(path_as_is = TRUE) |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
