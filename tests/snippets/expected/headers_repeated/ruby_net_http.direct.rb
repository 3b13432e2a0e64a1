# Net::HTTP cannot repeat a header field: X-Many is joined into one.
require 'net/http'

uri = URI('https://api.stripe.com/v1/things')
request = Net::HTTP::Get.new(uri)
request['X-Many'] = 'a, b'
request['X-Other'] = 'o'

response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https') do |http|
  http.request(request)
end
puts response.code, response.body
