require 'net/http'

uri = URI('https://api.stripe.com/v1/checkout/sessions/cs_test_a1B2c3')
request = Net::HTTP::Post.new(uri)
request['Authorization'] = "Bearer #{ENV.fetch('STRIPE_API_KEY')}"
request.set_form_data({
  'line_items[0][price_data][currency]' => 'usd',
  'line_items[0][price_data][unit_amount]' => '1500',
  'line_items[0][quantity]' => '2',
  'metadata[order]' => '6735'
})

response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https') do |http|
  http.request(request)
end
puts response.code, response.body
