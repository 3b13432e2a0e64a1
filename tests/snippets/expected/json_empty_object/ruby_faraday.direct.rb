# gem install faraday
require 'faraday'
require 'json'

response = Faraday.post('https://api.stripe.com/v1/things') do |request|
  request.headers['Content-Type'] = 'application/json'
  request.body = JSON.generate({})
end
puts response.status, response.body
