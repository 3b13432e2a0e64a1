# gem install faraday
require 'faraday'

response = Faraday.get('https://api.stripe.com/v1/things') do |request|
  request.headers['Authorization'] = "Basic #{["#{ENV.fetch('STRIPE_USERNAME')}:#{ENV.fetch('STRIPE_PASSWORD')}"].pack('m0')}"
end
puts response.status, response.body
