http --ignore-stdin GET 'https://api.stripe.com/v1/things' \
  'X-Empty;' \
  'X-Semicolon:\;' \
  'X-Quotes:'\''"\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a' \
  'x-Lower:\@file' \
  'X-Accents:é 漢' \
  '1-Digit:2' \
  'X-Comma:a, b' \
  'X-Back:\'
