# install.packages("httr2")
# Reads photo.png from the folder it is run in.
library(httr2)

response <- request("https://api.stripe.com/v1/things") |>
  req_body_multipart(
    title = "Zoë",
    photo = curl::form_file("photo.png", type = "image/png")
  ) |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
