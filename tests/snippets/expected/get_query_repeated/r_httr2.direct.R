# install.packages("httr2")
library(httr2)

response <- request("https://api.stripe.com/v1/things") |>
  req_url_query(
    id = "1",
    id = "2",
    by = "a-b_c.d"
  ) |>
  req_method("DELETE") |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
