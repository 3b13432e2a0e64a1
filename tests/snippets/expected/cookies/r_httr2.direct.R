# install.packages("httr2")
library(httr2)

response <- request("https://api.stripe.com/v1/things") |>
  req_headers(Cookie = "theme=dark; it=it's; list=%5B%22a%22%5D; $x=`y`") |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
