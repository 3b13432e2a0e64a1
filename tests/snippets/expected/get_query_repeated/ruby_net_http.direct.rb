require 'net/http'

uri = URI('https://api.stripe.com/v1/things')
uri.query = URI.encode_www_form([
  ['id', '1'],
  ['id', '2'],
  ['by', 'a-b_c.d']
])
request = Net::HTTP::Delete.new(uri)

response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https') do |http|
  http.request(request)
end
puts response.code, response.body
