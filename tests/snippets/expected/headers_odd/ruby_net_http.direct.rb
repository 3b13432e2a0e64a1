require 'net/http'

uri = URI('https://api.stripe.com/v1/things')
request = Net::HTTP::Get.new(uri)
request['X-Empty'] = ''
request['X-Semicolon'] = ';'
request['X-Quotes'] = '\'"\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a'
request['x-Lower'] = '@file'
request['X-Accents'] = 'é 漢'
request['1-Digit'] = '2'
request['X-Comma'] = 'a, b'
request['X-Back'] = '\\'

response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https') do |http|
  http.request(request)
end
puts response.code, response.body
