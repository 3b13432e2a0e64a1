require 'net/http'

uri = URI('https://api.stripe.com/v1/search')
uri.query = URI.encode_www_form({
  'expand[]' => 'data.customer',
  'filter[status]' => 'é&=',
  'note' => '#\''
})
request = Net::HTTP::Get.new(uri)

response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https') do |http|
  http.request(request)
end
puts response.code, response.body
