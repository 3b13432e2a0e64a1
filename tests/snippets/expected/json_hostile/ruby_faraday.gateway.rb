# gem install faraday
require 'faraday'

response = Faraday.post('http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession') do |request|
  request.headers['Content-Type'] = 'application/json'
  request.body = "{\"__proto__\":{\"a\":1},\"'\\\"\\\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} \#{x} {{}} %s %d \\\\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a\":\"'\\\"\\\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} \#{x} {{}} %s %d \\\\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a\",\"2\":\"index\",\"10\":null,\"1\":true,\"line\\r\\nend\":\"\u{2028}\u{2029}\\t\\u001b[31m\x7F\",\"bidi\":\"a\u{202E}b\u{200B}c\u{A0}d\u{FEFF}\",\"emoji\":\"🎉 ❤\u{FE0F} é 漢字\",\"delete\":[[],{},\"\",false],\"constructor\":-1.5}"
end
puts response.status, response.body
