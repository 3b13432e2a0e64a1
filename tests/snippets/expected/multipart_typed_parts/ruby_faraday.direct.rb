# gem install faraday
# Reads raw from the folder it is run in.
require 'faraday'

response = Faraday.post('https://api.stripe.com/v1/things') do |request|
  request.headers['Content-Type'] = 'multipart/form-data; boundary=boundary-1f'
  request.body = [
    "--boundary-1f\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\nX-Part: 1\r\n\r\n{\"a\":1}\r\n--boundary-1f\r\nContent-Disposition: form-data; name=\"f\"; filename=\"raw\"\r\n\r\n",
    File.binread('raw'),
    "\r\n--boundary-1f--\r\n"
  ].join
end
puts response.status, response.body
