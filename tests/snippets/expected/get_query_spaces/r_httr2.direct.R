# install.packages("httr2")
library(httr2)

response <- request("https://api.stripe.com/v1/things") |>
  req_url_query(
    q = "a b",
    page = "1"
  ) |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
