# gem install faraday
require 'faraday'

response = Faraday.post('https://api.stripe.com/v1/things') do |request|
  request.headers['Content-Type'] = 'application/json'
  request.body = '{"a":1,"a":2}'
end
puts response.status, response.body
