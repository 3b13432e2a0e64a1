# install.packages("httr2")
library(httr2)

response <- request("https://api.stripe.com/v1/things") |>
  req_headers(Cookie = paste0("theme=dark; sid=", Sys.getenv("MAPS_KEY"))) |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
