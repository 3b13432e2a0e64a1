# Reads a.txt, a_2.txt from the folder it is run in.
require 'net/http'

uri = URI('https://api.stripe.com/v1/things')
request = Net::HTTP::Post.new(uri)
request.set_form([
  [
    'f',
    File.open('a.txt', 'rb'),
    { filename: '-a.txt', content_type: 'text/plain' }
  ],
  [
    'f',
    File.open('a_2.txt', 'rb'),
    { filename: '-a.txt', content_type: 'text/plain' }
  ]
], 'multipart/form-data')

response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https') do |http|
  http.request(request)
end
puts response.code, response.body
