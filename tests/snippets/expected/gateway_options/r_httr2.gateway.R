# install.packages("httr2")
# This is the wrapped form of a call, which gateways other than Playground's may not know.
# A secret with a quotation mark or backslash in it must be escaped as in JSON.
library(httr2)

response <- request("http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession") |>
  req_body_raw(paste0(r"({
  "args": {
    "q": "it's"
  },
  "credential": {
    "type": "bearer_token",
    "token": ")", Sys.getenv("STRIPE_API_KEY"), r"("
  },
  "options": {
    "server": "https://eu.example.com/v1",
    "media_type": "text/plain"
  }
})"), type = "application/json") |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
