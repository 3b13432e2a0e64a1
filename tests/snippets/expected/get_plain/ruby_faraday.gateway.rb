# gem install faraday
require 'faraday'
require 'json'

response = Faraday.post('http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession') do |request|
  request.headers['Content-Type'] = 'application/json'
  request.body = JSON.generate({})
end
puts response.status, response.body
