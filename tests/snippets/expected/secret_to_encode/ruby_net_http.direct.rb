require 'json'
require 'net/http'

uri = URI("https://api.stripe.com/v1/pins/#{URI.encode_www_form_component(ENV.fetch('STRIPE_PIN')).gsub('+', '%20')}?pin=#{URI.encode_www_form_component(ENV.fetch('STRIPE_QUERY_PIN'))}&page=2")
request = Net::HTTP::Post.new(uri)
request['Authorization'] = "Bearer #{ENV.fetch('STRIPE_API_KEY')}"
request['Content-Type'] = 'application/json'
request.body = JSON.generate({ q: 1 })

response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https') do |http|
  http.request(request)
end
puts response.code, response.body
