# gem install faraday
require 'faraday'
require 'json'

response = Faraday.patch('https://api.stripe.com/v1/things') do |request|
  request.headers['Authorization'] = "Bearer #{ENV.fetch('STRIPE_API_KEY')}"
  request.headers['Content-Type'] = 'application/json'
  request.body = JSON.generate({ name: 'Zoë' })
end
puts response.status, response.body
