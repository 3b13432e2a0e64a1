# gem install faraday
require 'faraday'
require 'json'

response = Faraday.post('http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession') do |request|
  request.headers['Content-Type'] = 'application/json'
  request.headers['Authorization'] = "Bearer #{ENV.fetch('STRIPE_API_KEY')}"
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
end
puts response.status, response.body
