# install.packages("httr2")
library(httr2)

response <- request("http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession") |>
  req_headers(Authorization = paste0("Bearer ", Sys.getenv("STRIPE_API_KEY"))) |>
  req_body_raw(r"({
  "session": "cs_test_a1B2c3",
  "line_items": [
    {
      "quantity": 2,
      "price_data": {
        "currency": "usd",
        "unit_amount": 1500,
        "product": "prod_123"
      }
    }
  ],
  "metadata": {
    "order": "6735"
  }
})", type = "application/json") |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
