# gem install faraday
require 'faraday'

response = Faraday.post('https://api.stripe.com/v1/things') do |request|
  request.headers['Content-Type'] = 'application/x-www-form-urlencoded'
  request.body = 'a=x%20y/z\'&&b'
end
puts response.status, response.body
