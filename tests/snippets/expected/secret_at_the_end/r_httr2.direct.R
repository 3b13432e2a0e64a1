# install.packages("httr2")
library(httr2)

response <- request(paste0("https://api.stripe.com/v1/keys?limit=3&key=", curl::curl_escape(Sys.getenv("MAPS_KEY")), "&passwd=", curl::curl_escape(Sys.getenv("STRIPE_PASSWD")))) |>
  req_method("DELETE") |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
