# Reads my_photo.png from the folder it is run in.
require 'net/http'

uri = URI('https://api.stripe.com/v1/things')
request = Net::HTTP::Put.new(uri)
request['Content-Type'] = 'image/png'
request.body = File.binread('my_photo.png')

response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https') do |http|
  http.request(request)
end
puts response.code, response.body
