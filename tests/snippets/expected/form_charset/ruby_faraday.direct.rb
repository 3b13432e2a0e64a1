# gem install faraday
require 'faraday'

response = Faraday.post('https://api.stripe.com/v1/things') do |request|
  request.headers['Content-Type'] = 'application/x-www-form-urlencoded; charset=utf-8'
  request.body = URI.encode_www_form({ a: 'é' })
end
puts response.status, response.body
