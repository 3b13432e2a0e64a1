# gem install faraday
# Reads photo.png from the folder it is run in.
require 'faraday'

response = Faraday.post('https://api.stripe.com/v1/things') do |request|
  request.headers['Content-Type'] = 'multipart/form-data; boundary=boundary-1f'
  request.body = [
    "--boundary-1f\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nZoë\r\n--boundary-1f\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"photo.png\"\r\nContent-Type: image/png\r\n\r\n".b,
    File.binread('photo.png'),
    "\r\n--boundary-1f--\r\n"
  ].join
end
puts response.status, response.body
