# gem install faraday
require 'faraday'

response = Faraday.get('https://api.stripe.com/v1/things') do |request|
  request.headers['Authorization'] = "Bearer #{ENV.fetch('STRIPE_API_KEY')}"
end
puts response.status, response.body
