# install.packages("httr2")
# httr2 cannot send an empty header field; left out here: X-Empty.
library(httr2)

response <- request("https://api.stripe.com/v1/things") |>
  req_headers(
    `X-Semicolon` = ";",
    `X-Quotes` = r"('"\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a)",
    `x-Lower` = "@file",
    `X-Accents` = "é 漢",
    `1-Digit` = "2",
    `X-Comma` = "a, b",
    `X-Back` = r"(\)"
  ) |>
  req_perform()

cat(resp_status(response), rawToChar(response$body), fill = TRUE)
