require 'net/http'

uri = URI('https://api.stripe.com/v1/things')
request = Net::HTTP::Get.new(uri)
request['X-Client-Secret'] = ENV.fetch('STRIPE_API_KEY')
request['X-Page'] = '2'
request['Cookie'] = "theme=dark; token=#{ENV.fetch('MAPS_KEY')}; a=b"

response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https') do |http|
  http.request(request)
end
puts response.code, response.body
