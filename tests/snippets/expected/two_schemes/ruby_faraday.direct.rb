# gem install faraday
require 'faraday'

response = Faraday.get("https://api.stripe.com/v1/things?key=#{URI.encode_www_form_component(ENV.fetch('MAPS_KEY'))}") do |request|
  request.headers['Authorization'] = "Bearer #{ENV.fetch('STRIPE_API_KEY')}"
  request.headers['X-Key'] = ENV.fetch('MAPS_KEY')
end
puts response.status, response.body
