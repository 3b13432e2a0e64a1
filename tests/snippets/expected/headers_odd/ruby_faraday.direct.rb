# gem install faraday
require 'faraday'

response = Faraday.get('https://api.stripe.com/v1/things') do |request|
  request.headers['X-Empty'] = ''
  request.headers['X-Semicolon'] = ';'
  request.headers['X-Quotes'] = '\'"\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a'
  request.headers['x-Lower'] = '@file'
  request.headers['X-Accents'] = 'é 漢'
  request.headers['1-Digit'] = '2'
  request.headers['X-Comma'] = 'a, b'
  request.headers['X-Back'] = '\\'
end
puts response.status, response.body
