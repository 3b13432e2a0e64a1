wget --quiet --output-document=- \
  --header='X-Empty: ' \
  --header='X-Semicolon: ;' \
  --header='X-Quotes: '\''"\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a' \
  --header='x-Lower: @file' \
  --header='X-Accents: é 漢' \
  --header='1-Digit: 2' \
  --header='X-Comma: a, b' \
  --header='X-Back: \' \
  'https://api.stripe.com/v1/things'
