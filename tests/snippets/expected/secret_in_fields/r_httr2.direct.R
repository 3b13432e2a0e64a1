# install.packages("httr2")
library(httr2)

response <- request("https://api.stripe.com/v1/things") |>
  req_headers(
    `X-Client-Secret` = Sys.getenv("STRIPE_API_KEY"),
    `X-Page` = "2",
    Cookie = paste0("theme=dark; token=", Sys.getenv("MAPS_KEY"), "; a=b")
  ) |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
