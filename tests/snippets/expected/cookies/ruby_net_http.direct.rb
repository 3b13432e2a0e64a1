require 'net/http'

uri = URI('https://api.stripe.com/v1/things')
request = Net::HTTP::Get.new(uri)
request['Cookie'] = 'theme=dark; it=it\'s; list=%5B%22a%22%5D; $x=`y`'

response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https') do |http|
  http.request(request)
end
puts response.code, response.body
