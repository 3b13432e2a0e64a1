# gem install faraday
require 'faraday'

response = Faraday.post('https://api.stripe.com/v1/things') do |request|
  request.headers['Content-Type'] = 'text/plain; charset=utf-8'
  request.body = '=1+1'
end
puts response.status, response.body
