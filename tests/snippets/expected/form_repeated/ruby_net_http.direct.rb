require 'net/http'

uri = URI('https://api.stripe.com/v1/things')
request = Net::HTTP::Post.new(uri)
request.set_form_data([
  ['tags', 'a b'],
  ['tags', 'c&d'],
  ['amp', 'x&y=z+w'],
  ['empty', ''],
  ['7', '7']
])

response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https') do |http|
  http.request(request)
end
puts response.code, response.body
