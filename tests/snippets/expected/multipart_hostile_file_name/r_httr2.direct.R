# install.packages("httr2")
# Reads txt from the folder it is run in.
library(httr2)

response <- request("https://api.stripe.com/v1/things") |>
  req_body_raw(
    c(
      charToRaw("--boundary-1f\r\nContent-Disposition: form-data; name=\"f\"; filename=\"he%22l'lo;$(touch canary)`touch canary`\\.txt\"\r\nContent-Type: text/plain\r\n\r\n"),
      readBin("txt", "raw", file.size("txt")),
      charToRaw("\r\n--boundary-1f--\r\n")
    ),
    type = "multipart/form-data; boundary=boundary-1f"
  ) |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
