require 'net/http'

uri = URI('https://api.stripe.com/v1/customers')
uri.query = URI.encode_www_form({ limit: '3', starting_after: 'cus_1' })
request = Net::HTTP::Get.new(uri)
request['Authorization'] = "Bearer #{ENV.fetch('STRIPE_API_KEY')}"

response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https') do |http|
  http.request(request)
end
puts response.code, response.body
