# gem install faraday
require 'faraday'

response = Faraday.post('https://api.stripe.com/v1/things') do |request|
  request.headers['Content-Type'] = 'application/x-www-form-urlencoded'
  request.body = URI.encode_www_form([
    ['tags', 'a b'],
    ['tags', 'c&d'],
    ['amp', 'x&y=z+w'],
    ['empty', ''],
    ['7', '7']
  ])
end
puts response.status, response.body
