# install.packages("httr2")
library(httr2)

response <- request(paste0("https://api.stripe.com/v1/keys/", curl::curl_escape(Sys.getenv("STRIPE_PASSWD")), "/uses;by=a?limit=3&passwd=", curl::curl_escape(Sys.getenv("MAPS_KEY")), "&page=2")) |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
