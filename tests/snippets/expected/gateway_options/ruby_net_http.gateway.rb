# This is the wrapped form of a call, which gateways other than Playground's may not know.
require 'json'
require 'net/http'

uri = URI('http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession')
request = Net::HTTP::Post.new(uri)
request['Content-Type'] = 'application/json'
request.body = JSON.generate({
  args: { q: 'it\'s' },
  credential: { type: 'bearer_token', token: ENV.fetch('STRIPE_API_KEY') },
  options: {
    server: 'https://eu.example.com/v1',
    media_type: 'text/plain'
  }
})

response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https') do |http|
  http.request(request)
end
puts response.code, response.body
