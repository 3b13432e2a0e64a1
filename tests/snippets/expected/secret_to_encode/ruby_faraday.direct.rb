# gem install faraday
require 'faraday'
require 'json'

# Faraday would sort and encode the query anew; this keeps it as it is.
module QueryAsItIs
  def self.decode(query) = { query => nil }
  def self.encode(params) = params.keys.first
end

connection = Faraday.new(request: { params_encoder: QueryAsItIs })
response = connection.post("https://api.stripe.com/v1/pins/#{URI.encode_www_form_component(ENV.fetch('STRIPE_PIN')).gsub('+', '%20')}?pin=#{URI.encode_www_form_component(ENV.fetch('STRIPE_QUERY_PIN'))}&page=2") do |request|
  request.headers['Authorization'] = "Bearer #{ENV.fetch('STRIPE_API_KEY')}"
  request.headers['Content-Type'] = 'application/json'
  request.body = JSON.generate({ q: 1 })
end
puts response.status, response.body
