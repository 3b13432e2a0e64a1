# gem install faraday
require 'faraday'

response = Faraday.get('https://api.stripe.com/v1/customers', {
  limit: '3',
  starting_after: 'cus_1'
}) do |request|
  request.headers['Authorization'] = "Bearer #{ENV.fetch('STRIPE_API_KEY')}"
end
puts response.status, response.body
