http --ignore-stdin POST 'https://api.stripe.com/v1/things' \
  'Content-Type:text/plain; charset=utf-8' \
  --raw=''\''"\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a'
