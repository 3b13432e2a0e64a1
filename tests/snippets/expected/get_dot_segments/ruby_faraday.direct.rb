# gem install faraday
require 'faraday'

response = Faraday.get('https://api.stripe.com/v1/%2E%2E/../things/.')
puts response.status, response.body
