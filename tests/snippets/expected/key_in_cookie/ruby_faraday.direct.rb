# gem install faraday
require 'faraday'

response = Faraday.get('https://api.stripe.com/v1/things') do |request|
  request.headers['Cookie'] = "theme=dark; sid=#{ENV.fetch('MAPS_KEY')}"
end
puts response.status, response.body
