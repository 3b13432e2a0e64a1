# install.packages("httr2")
library(httr2)

response <- request(paste0("https://api.stripe.com/v1/pins/", curl::curl_escape(Sys.getenv("STRIPE_PIN")), "?pin=", curl::curl_escape(Sys.getenv("STRIPE_QUERY_PIN")), "&page=2")) |>
  req_headers(Authorization = paste0("Bearer ", Sys.getenv("STRIPE_API_KEY"))) |>
  req_body_raw(r"({"q":1})", type = "application/json") |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
