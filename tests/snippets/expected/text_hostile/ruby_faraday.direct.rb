# gem install faraday
require 'faraday'

response = Faraday.post('https://api.stripe.com/v1/things') do |request|
  request.headers['Content-Type'] = 'text/plain; charset=utf-8'
  request.body = '\'"\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a'
end
puts response.status, response.body
