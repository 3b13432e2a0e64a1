require 'net/http'

uri = URI('https://api.stripe.com/v1/things')
request = Net::HTTP::Post.new(uri)
request.set_form([
  ['title', 'It\'s $HOME'],
  ['at', '@/etc/passwd;type=x'],
  ['empty', '']
], 'multipart/form-data')

response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https') do |http|
  http.request(request)
end
puts response.code, response.body
