# gem install faraday
# Reads a.txt, a_2.txt from the folder it is run in.
require 'faraday'

response = Faraday.post('https://api.stripe.com/v1/things') do |request|
  request.headers['Content-Type'] = 'multipart/form-data; boundary=boundary-1f'
  request.body = [
    "--boundary-1f\r\nContent-Disposition: form-data; name=\"f\"; filename=\"-a.txt\"\r\nContent-Type: text/plain\r\n\r\n",
    File.binread('a.txt'),
    "\r\n--boundary-1f\r\nContent-Disposition: form-data; name=\"f\"; filename=\"-a.txt\"\r\nContent-Type: text/plain\r\n\r\n",
    File.binread('a_2.txt'),
    "\r\n--boundary-1f--\r\n"
  ].join
end
puts response.status, response.body
