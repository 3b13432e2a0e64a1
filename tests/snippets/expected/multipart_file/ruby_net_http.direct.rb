# Reads photo.png from the folder it is run in.
require 'net/http'

uri = URI('https://api.stripe.com/v1/things')
request = Net::HTTP::Post.new(uri)
request.set_form([
  ['title', 'Zoë'],
  [
    'photo',
    File.open('photo.png', 'rb'),
    { filename: 'photo.png', content_type: 'image/png' }
  ]
], 'multipart/form-data')

response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https') do |http|
  http.request(request)
end
puts response.code, response.body
