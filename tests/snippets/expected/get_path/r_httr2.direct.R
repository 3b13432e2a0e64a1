# install.packages("httr2")
library(httr2)

response <- request("https://api.stripe.com/v1/a%20b%2Fc;v=1+x/%C3%A9/%24%28touch%20canary%29/$(touch)") |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
