curl --request POST \
  --url 'http://127.0.0.1:8000/gateway/tools/new/a%27b%0A%3Bx.__proto__' \
  --header 'Content-Type: application/json' \
  --data-raw '{
  "a-b": 1,
  "c d": "'\''\"\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a"
}'
