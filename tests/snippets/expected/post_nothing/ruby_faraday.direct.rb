# gem install faraday
# Net::HTTP adds a Content-Type of its own: application/x-www-form-urlencoded.
require 'faraday'

response = Faraday.post('https://api.stripe.com/v1/things') do |request|
  request.headers['Authorization'] = "Bearer #{ENV.fetch('STRIPE_API_KEY')}"
end
puts response.status, response.body
