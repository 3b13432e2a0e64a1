# install.packages("httr2")
library(httr2)

response <- request("https://api.stripe.com/v1/things") |>
  req_body_raw(
    paste(c(
      "line_items[0][price_data][currency]=usd",
      "line_items[0][quantity]=2",
      "name=It%27s",
      "",
      ""
    ), collapse = "&"),
    type = "application/x-www-form-urlencoded"
  ) |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
