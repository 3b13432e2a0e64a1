# install.packages("httr2")
# Reads raw from the folder it is run in.
library(httr2)

response <- request("https://api.stripe.com/v1/things") |>
  req_body_raw(
    c(
      charToRaw("--boundary-1f\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\nX-Part: 1\r\n\r\n{\"a\":1}\r\n--boundary-1f\r\nContent-Disposition: form-data; name=\"f\"; filename=\"raw\"\r\n\r\n"),
      readBin("raw", "raw", file.size("raw")),
      charToRaw("\r\n--boundary-1f--\r\n")
    ),
    type = "multipart/form-data; boundary=boundary-1f"
  ) |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
