# install.packages("httr2")
# Reads my_photo.png from the folder it is run in.
library(httr2)

response <- request("https://api.stripe.com/v1/things") |>
  req_method("PUT") |>
  req_body_file("my_photo.png", type = "image/png") |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
