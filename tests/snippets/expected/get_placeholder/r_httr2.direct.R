# install.packages("httr2")
# Fill in: session
library(httr2)

response <- request("https://api.stripe.com/v1/sessions/{session}") |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
