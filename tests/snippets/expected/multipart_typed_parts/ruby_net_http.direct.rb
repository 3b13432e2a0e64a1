# Reads raw from the folder it is run in.
require 'net/http'

uri = URI('https://api.stripe.com/v1/things')
request = Net::HTTP::Post.new(uri)
request['Content-Type'] = 'multipart/form-data; boundary=boundary-1f'
request.body = [
  "--boundary-1f\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\nX-Part: 1\r\n\r\n{\"a\":1}\r\n--boundary-1f\r\nContent-Disposition: form-data; name=\"f\"; filename=\"raw\"\r\n\r\n",
  File.binread('raw'),
  "\r\n--boundary-1f--\r\n"
].join

response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https') do |http|
  http.request(request)
end
puts response.code, response.body
