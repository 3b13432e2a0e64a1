# gem install faraday
require 'faraday'

response = Faraday.get('https://api.stripe.com/v1/things') do |request|
  request.headers['X-Client-Secret'] = ENV.fetch('STRIPE_API_KEY')
  request.headers['X-Page'] = '2'
  request.headers['Cookie'] = "theme=dark; token=#{ENV.fetch('MAPS_KEY')}; a=b"
end
puts response.status, response.body
