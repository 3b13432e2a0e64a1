require 'net/http'

uri = URI('https://api.stripe.com')
request = Net::HTTP::Get.new('/v1/things?name=O\'Neil')

response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https') do |http|
  http.request(request)
end
puts response.code, response.body
