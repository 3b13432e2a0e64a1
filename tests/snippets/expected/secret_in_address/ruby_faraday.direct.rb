# gem install faraday
require 'faraday'

# Faraday would sort and encode the query anew; this keeps it as it is.
module QueryAsItIs
  def self.decode(query) = { query => nil }
  def self.encode(params) = params.keys.first
end

connection = Faraday.new(request: { params_encoder: QueryAsItIs })
response = connection.get("https://api.stripe.com/v1/keys/#{URI.encode_www_form_component(ENV.fetch('STRIPE_PASSWD')).gsub('+', '%20')}/uses;by=a?limit=3&passwd=#{URI.encode_www_form_component(ENV.fetch('MAPS_KEY'))}&page=2")
puts response.status, response.body
