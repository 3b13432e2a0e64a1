# gem install faraday
require 'faraday'

# Faraday would sort and encode the query anew; this keeps it as it is.
module QueryAsItIs
  def self.decode(query) = { query => nil }
  def self.encode(params) = params.keys.first
end

connection = Faraday.new(request: { params_encoder: QueryAsItIs })
response = connection.get('https://api.stripe.com/v1/things?q=a%20b&page=1')
puts response.status, response.body
