# gem install faraday
# Faraday cannot repeat a header field: X-Many is joined into one.
require 'faraday'

response = Faraday.get('https://api.stripe.com/v1/things') do |request|
  request.headers['X-Many'] = 'a, b'
  request.headers['X-Other'] = 'o'
end
puts response.status, response.body
