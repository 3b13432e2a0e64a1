# gem install faraday
# Faraday rewrites or refuses parts of this address: characters it wants percent-encoded.
require 'faraday'

# Faraday would sort and encode the query anew; this keeps it as it is.
module QueryAsItIs
  def self.decode(query) = { query => nil }
  def self.encode(params) = params.keys.first
end

connection = Faraday.new(request: { params_encoder: QueryAsItIs })
response = connection.get('https://api.stripe.com/v1/things?name=O\'Neil')
puts response.status, response.body
