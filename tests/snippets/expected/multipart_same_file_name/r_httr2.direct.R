# install.packages("httr2")
# Reads a.txt, a_2.txt from the folder it is run in.
library(httr2)

response <- request("https://api.stripe.com/v1/things") |>
  req_body_raw(
    c(
      charToRaw("--boundary-1f\r\nContent-Disposition: form-data; name=\"f\"; filename=\"-a.txt\"\r\nContent-Type: text/plain\r\n\r\n"),
      readBin("a.txt", "raw", file.size("a.txt")),
      charToRaw("\r\n--boundary-1f\r\nContent-Disposition: form-data; name=\"f\"; filename=\"-a.txt\"\r\nContent-Type: text/plain\r\n\r\n"),
      readBin("a_2.txt", "raw", file.size("a_2.txt")),
      charToRaw("\r\n--boundary-1f--\r\n")
    ),
    type = "multipart/form-data; boundary=boundary-1f"
  ) |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
