# install.packages("httr2")
library(httr2)

response <- request("https://api.stripe.com/v1/checkout/sessions/cs_test_a1B2c3") |>
  req_headers(Authorization = paste0("Bearer ", Sys.getenv("STRIPE_API_KEY"))) |>
  req_body_form(
    `line_items[0][price_data][currency]` = "usd",
    `line_items[0][price_data][unit_amount]` = "1500",
    `line_items[0][quantity]` = "2",
    `metadata[order]` = "6735"
  ) |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
