# gem install faraday
require 'faraday'

response = Faraday.post('https://api.stripe.com/v1/things') do |request|
  request.headers['Content-Type'] = 'application/x-www-form-urlencoded'
  request.body = 'line_items[0][price_data][currency]=usd&line_items[0][quantity]=2&name=It%27s&&'
end
puts response.status, response.body
