require 'net/http'

uri = URI('https://api.stripe.com/v1/things')
request = Net::HTTP::Post.new(uri)
request['Content-Type'] = 'application/json'
request.body = '{"small":1e-7,"large":1e+21,"plain":100,"point":0.000001,"x":9007199254740991}'

response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https') do |http|
  http.request(request)
end
puts response.code, response.body
