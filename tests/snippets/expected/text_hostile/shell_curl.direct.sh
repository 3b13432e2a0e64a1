curl --request POST \
  --url 'https://api.stripe.com/v1/things' \
  --header 'Content-Type: text/plain; charset=utf-8' \
  --data-raw ''\''"\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a'
