# gem install faraday
require 'faraday'
require 'json'

response = Faraday.post('http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession') do |request|
  request.headers['Authorization'] = "Basic #{["#{ENV.fetch('STRIPE_USERNAME')}:#{ENV.fetch('STRIPE_PASSWORD')}"].pack('m0')}"
  request.headers['Content-Type'] = 'application/json'
  request.body = JSON.generate({})
end
puts response.status, response.body
