# gem install faraday
require 'faraday'

response = Faraday.post('https://api.stripe.com/v1/things') do |request|
  request.headers['Content-Type'] = 'application/json'
  request.body = "{\n  \"a\": 1,\n  \"b\": [\n    true\n  ]\n}"
end
puts response.status, response.body
