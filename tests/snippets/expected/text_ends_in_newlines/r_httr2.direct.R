# install.packages("httr2")
library(httr2)

response <- request("https://api.stripe.com/v1/things") |>
  req_body_raw(as.raw(c(0x74, 0x77, 0x6f, 0x0a, 0x0a, 0x6c, 0x69, 0x6e, 0x65, 0x73, 0x0a, 0x0a)), type = "text/plain; charset=utf-8") |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
