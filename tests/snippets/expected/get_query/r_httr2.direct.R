# install.packages("httr2")
library(httr2)

response <- request("https://api.stripe.com/v1/things?empty=&bare&a=%26%3D%2B%25%23&a=2&f%5Bstatus%5D=x%20y+z&u=%C3%A9") |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
