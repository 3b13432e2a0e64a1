# install.packages("httr2")
library(httr2)

response <- request("https://api.stripe.com/v1/things") |>
  req_headers(Authorization = paste0("Bearer ", Sys.getenv("STRIPE_API_KEY"))) |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
