# install.packages("httr2")
library(httr2)

response <- request(paste0("https://api.stripe.com/v1/things?key=", curl::curl_escape(Sys.getenv("MAPS_KEY")))) |>
  req_headers(
    Authorization = paste0("Bearer ", Sys.getenv("STRIPE_API_KEY")),
    `X-Key` = Sys.getenv("MAPS_KEY")
  ) |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
