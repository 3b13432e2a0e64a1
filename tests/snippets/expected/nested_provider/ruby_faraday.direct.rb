# gem install faraday
require 'faraday'

response = Faraday.get('https://api.stripe.com/v1/things')
puts response.status, response.body
