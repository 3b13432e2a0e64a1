# gem install faraday
require 'faraday'

response = Faraday.post('https://api.stripe.com/v1/things') do |request|
  request.headers['Content-Type'] = 'text/plain; charset=utf-8'
  request.body = "a\u{202E}b\u{200B}c\u{A0}d\u{FEFF}\t\e[2J\r\n\x00\x7Fa\u{202E}b\u{200B}c\u{A0}d\u{FEFF}".b
end
puts response.status, response.body
