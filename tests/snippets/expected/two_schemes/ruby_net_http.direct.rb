require 'net/http'

uri = URI("https://api.stripe.com/v1/things?key=#{URI.encode_www_form_component(ENV.fetch('MAPS_KEY'))}")
request = Net::HTTP::Get.new(uri)
request['Authorization'] = "Bearer #{ENV.fetch('STRIPE_API_KEY')}"
request['X-Key'] = ENV.fetch('MAPS_KEY')

response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https') do |http|
  http.request(request)
end
puts response.code, response.body
