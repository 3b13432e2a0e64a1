# gem install faraday
require 'faraday'

response = Faraday.get('https://api.stripe.com/v1/things') do |request|
  request.headers['Cookie'] = 'theme=dark; it=it\'s; list=%5B%22a%22%5D; $x=`y`'
end
puts response.status, response.body
