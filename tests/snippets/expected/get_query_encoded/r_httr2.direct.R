# install.packages("httr2")
library(httr2)

response <- request("https://api.stripe.com/v1/search") |>
  req_url_query(
    `expand[]` = "data.customer",
    `filter[status]` = "é&=",
    note = "#'"
  ) |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
