# gem install faraday
# This is the wrapped form of a call, which gateways other than Playground's may not know.
require 'faraday'
require 'json'

response = Faraday.post('http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession') do |request|
  request.headers['Content-Type'] = 'application/json'
  request.body = JSON.generate({
    args: { q: 'it\'s' },
    credential: {
      type: 'bearer_token',
      token: ENV.fetch('STRIPE_API_KEY')
    },
    options: {
      server: 'https://eu.example.com/v1',
      media_type: 'text/plain'
    }
  })
end
puts response.status, response.body
