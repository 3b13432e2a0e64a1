# gem install faraday
require 'faraday'

# Faraday would sort and encode the query anew; this keeps it as it is.
module QueryAsItIs
  def self.decode(query) = { query => nil }
  def self.encode(params) = params.keys.first
end

connection = Faraday.new(request: { params_encoder: QueryAsItIs })
response = connection.delete('https://api.stripe.com/v1/things?id=1&id=2&by=a-b_c.d')
puts response.status, response.body
