# Before Erlang/OTP 26 httpc does not check certificates unless told to.
{:ok, _} = Application.ensure_all_started(:inets)
{:ok, _} = Application.ensure_all_started(:ssl)

url = "https://api.stripe.com/v1/things"

body = IO.iodata_to_binary([
  "--boundary-1f\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nIt's $HOME\r\n--boundary-1f\r\nContent-Disposition: form-data; name=\"at\"\r\n\r\n@/etc/passwd;type=x\r\n--boundary-1f\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--boundary-1f--\r\n"
])

{:ok, {{_, status, _}, _, answer}} =
  :httpc.request(:post, {url, [], ~c"multipart/form-data; boundary=boundary-1f", body}, [], body_format: :binary)

IO.puts(status)
IO.puts(answer)
