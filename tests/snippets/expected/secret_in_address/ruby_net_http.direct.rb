require 'net/http'

uri = URI("https://api.stripe.com/v1/keys/#{URI.encode_www_form_component(ENV.fetch('STRIPE_PASSWD')).gsub('+', '%20')}/uses;by=a?limit=3&passwd=#{URI.encode_www_form_component(ENV.fetch('MAPS_KEY'))}&page=2")
request = Net::HTTP::Get.new(uri)

response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https') do |http|
  http.request(request)
end
puts response.code, response.body
