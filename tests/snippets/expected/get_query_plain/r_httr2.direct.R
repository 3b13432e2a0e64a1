# install.packages("httr2")
library(httr2)

response <- request("https://api.stripe.com/v1/customers") |>
  req_url_query(
    limit = "3",
    starting_after = "cus_1"
  ) |>
  req_headers(Authorization = paste0("Bearer ", Sys.getenv("STRIPE_API_KEY"))) |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
