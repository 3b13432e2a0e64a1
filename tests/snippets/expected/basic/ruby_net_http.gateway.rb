require 'json'
require 'net/http'

uri = URI('http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession')
request = Net::HTTP::Post.new(uri)
request.basic_auth(ENV.fetch('STRIPE_USERNAME'), ENV.fetch('STRIPE_PASSWORD'))
request['Content-Type'] = 'application/json'
request.body = JSON.generate({})

response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https') do |http|
  http.request(request)
end
puts response.code, response.body
