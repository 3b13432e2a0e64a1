# install.packages("httr2")
library(httr2)

response <- request("http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession") |>
  req_headers(`X-Api-Key` = Sys.getenv("MAPS_KEY")) |>
  req_body_raw(r"({"q":"x"})", type = "application/json") |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
