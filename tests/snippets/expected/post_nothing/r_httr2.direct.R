# install.packages("httr2")
library(httr2)

response <- request("https://api.stripe.com/v1/things") |>
  req_method("POST") |>
  req_headers(
    Authorization = paste0("Bearer ", Sys.getenv("STRIPE_API_KEY")),
    `Content-Length` = "0"
  ) |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
