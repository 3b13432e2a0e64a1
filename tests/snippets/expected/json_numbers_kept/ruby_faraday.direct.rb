# gem install faraday
require 'faraday'

response = Faraday.post('https://api.stripe.com/v1/things') do |request|
  request.headers['Content-Type'] = 'application/json'
  request.body = '{"small":1e-7,"large":1e+21,"plain":100,"point":0.000001,"x":9007199254740991}'
end
puts response.status, response.body
