# install.packages("httr2")
library(httr2)

response <- request("https://api.stripe.com/v1/things") |>
  req_body_raw(
    c(
      openssl::base64_decode("LS1ib3VuZGFyeS0xZg0KQ29udGVudC1EaXNwb3NpdGlvbjogZm9ybS1kYXRhOyBuYW1lPSJhPWIiDQoNCjENCi0tYm91bmRhcnktMWYNCkNvbnRlbnQtRGlzcG9zaXRpb246IGZvcm0tZGF0YTsgbmFtZT0icSUyMnVvdGUiDQoNCjINCi0tYm91bmRhcnktMWYNCkNvbnRlbnQtRGlzcG9zaXRpb246IGZvcm0tZGF0YTsgbmFtZT0ibGluZSUwRCUwQWVuZCINCg0KMw0KNA0KLS1ib3VuZGFyeS0xZg0KQ29udGVudC1EaXNwb3NpdGlvbjogZm9ybS1kYXRhOyBuYW1lPSLDqSINCg0KAP8NCi0tYm91bmRhcnktMWYtLQ0K")
    ),
    type = "multipart/form-data; boundary=boundary-1f"
  ) |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
