require 'json'
require 'net/http'

uri = URI('http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession')
request = Net::HTTP::Post.new(uri)
request['Content-Type'] = 'application/json'
request['Authorization'] = "Bearer #{ENV.fetch('STRIPE_API_KEY')}"
request.body = JSON.generate({
  session: 'cs_test_a1B2c3',
  line_items: [
    {
      quantity: 2,
      price_data: {
        currency: 'usd',
        unit_amount: 1500,
        product: 'prod_123'
      }
    }
  ],
  metadata: { order: '6735' }
})

response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https') do |http|
  http.request(request)
end
puts response.code, response.body
