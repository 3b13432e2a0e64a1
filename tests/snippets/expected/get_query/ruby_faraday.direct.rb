# gem install faraday
require 'faraday'

# Faraday would sort and encode the query anew; this keeps it as it is.
module QueryAsItIs
  def self.decode(query) = { query => nil }
  def self.encode(params) = params.keys.first
end

connection = Faraday.new(request: { params_encoder: QueryAsItIs })
response = connection.get('https://api.stripe.com/v1/things?empty=&bare&a=%26%3D%2B%25%23&a=2&f%5Bstatus%5D=x%20y+z&u=%C3%A9')
puts response.status, response.body
