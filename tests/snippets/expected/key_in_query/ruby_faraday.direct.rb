# gem install faraday
require 'faraday'

response = Faraday.get("https://api.stripe.com/v1/maps?at=%271%27&key=#{URI.encode_www_form_component(ENV.fetch('MAPS_KEY'))}")
puts response.status, response.body
