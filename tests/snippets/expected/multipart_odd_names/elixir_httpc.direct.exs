# Before Erlang/OTP 26 httpc does not check certificates unless told to.
{:ok, _} = Application.ensure_all_started(:inets)
{:ok, _} = Application.ensure_all_started(:ssl)

url = "https://api.stripe.com/v1/things"

body = IO.iodata_to_binary([
  "--boundary-1f\r\nContent-Disposition: form-data; name=\"a=b\"\r\n\r\n1\r\n--boundary-1f\r\nContent-Disposition: form-data; name=\"q%22uote\"\r\n\r\n2\r\n--boundary-1f\r\nContent-Disposition: form-data; name=\"line%0D%0Aend\"\r\n\r\n3\r\n4\r\n--boundary-1f\r\nContent-Disposition: form-data; name=\"é\"\r\n\r\n\u{0}\xFF\r\n--boundary-1f--\r\n"
])

{:ok, {{_, status, _}, _, answer}} =
  :httpc.request(:post, {url, [], ~c"multipart/form-data; boundary=boundary-1f", body}, [], body_format: :binary)

IO.puts(status)
IO.puts(answer)
