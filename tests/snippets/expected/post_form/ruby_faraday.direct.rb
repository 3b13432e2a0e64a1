# gem install faraday
require 'faraday'

response = Faraday.post('https://api.stripe.com/v1/checkout/sessions/cs_test_a1B2c3') do |request|
  request.headers['Authorization'] = "Bearer #{ENV.fetch('STRIPE_API_KEY')}"
  request.headers['Content-Type'] = 'application/x-www-form-urlencoded'
  request.body = URI.encode_www_form({
    'line_items[0][price_data][currency]' => 'usd',
    'line_items[0][price_data][unit_amount]' => '1500',
    'line_items[0][quantity]' => '2',
    'metadata[order]' => '6735'
  })
end
puts response.status, response.body
