require 'net/http'

uri = URI("https://api.stripe.com/v1/keys?limit=3&key=#{URI.encode_www_form_component(ENV.fetch('MAPS_KEY'))}&passwd=#{URI.encode_www_form_component(ENV.fetch('STRIPE_PASSWD'))}")
request = Net::HTTP::Delete.new(uri)

response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https') do |http|
  http.request(request)
end
puts response.code, response.body
