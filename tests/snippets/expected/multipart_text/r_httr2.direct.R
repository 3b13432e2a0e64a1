# install.packages("httr2")
library(httr2)

response <- request("https://api.stripe.com/v1/things") |>
  req_body_raw(
    c(
      charToRaw("--boundary-1f\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nIt's $HOME\r\n--boundary-1f\r\nContent-Disposition: form-data; name=\"at\"\r\n\r\n@/etc/passwd;type=x\r\n--boundary-1f\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--boundary-1f--\r\n")
    ),
    type = "multipart/form-data; boundary=boundary-1f"
  ) |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
