# gem install faraday
require 'faraday'

response = Faraday.post('https://api.stripe.com/v1/things') do |request|
  request.headers['Content-Type'] = 'multipart/form-data; boundary=boundary-1f'
  request.body = "--boundary-1f\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nIt's $HOME\r\n--boundary-1f\r\nContent-Disposition: form-data; name=\"at\"\r\n\r\n@/etc/passwd;type=x\r\n--boundary-1f\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--boundary-1f--\r\n"
end
puts response.status, response.body
