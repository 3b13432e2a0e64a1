require 'net/http'

uri = URI('https://api.stripe.com/v1/%2E%2E/../things/.')
request = Net::HTTP::Get.new(uri)

response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https') do |http|
  http.request(request)
end
puts response.code, response.body
