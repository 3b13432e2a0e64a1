# install.packages("httr2")
library(httr2)

response <- request("http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession") |>
  req_body_raw(r"({
  "body": {
    "filename": "my photo.png",
    "content_type": "application/octet-stream",
    "content": "iVBORw0KGgoAASciJCh4Kf8="
  }
})", type = "application/json") |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
