# gem install faraday
# Reads my_photo.png from the folder it is run in.
require 'faraday'

response = Faraday.put('https://api.stripe.com/v1/things') do |request|
  request.headers['Content-Type'] = 'image/png'
  request.body = File.binread('my_photo.png')
end
puts response.status, response.body
