wget --quiet --output-document=- \
  --method=POST \
  --header='Content-Type: text/plain; charset=utf-8' \
  --body-data=''\''"\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a' \
  'https://api.stripe.com/v1/things'
