# gem install faraday
require 'faraday'

response = Faraday.post('https://api.stripe.com/v1/things') do |request|
  request.headers['Content-Type'] = 'application/json'
  request.body = '{"a":"\\ud800","slash":"\\/","e":"\\u00e9"}'
end
puts response.status, response.body
