# install.packages("httr2")
library(httr2)

response <- request("http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession") |>
  req_auth_basic(Sys.getenv("STRIPE_USERNAME"), Sys.getenv("STRIPE_PASSWORD")) |>
  req_body_raw("{}", type = "application/json") |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
