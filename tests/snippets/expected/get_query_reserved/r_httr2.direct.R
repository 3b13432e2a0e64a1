# install.packages("httr2")
library(httr2)

response <- request("https://api.stripe.com/v1/things?filter[a]=1,2&set={x}|y&path=a/b?c:@!$()*;") |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
