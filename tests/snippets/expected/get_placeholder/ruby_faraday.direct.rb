# gem install faraday
# Fill in: session
require 'faraday'

response = Faraday.get('https://api.stripe.com/v1/sessions/{session}')
puts response.status, response.body
