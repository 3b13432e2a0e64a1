# Before Erlang/OTP 26 httpc does not check certificates unless told to.
# Reads txt from the folder it is run in.
{:ok, _} = Application.ensure_all_started(:inets)
{:ok, _} = Application.ensure_all_started(:ssl)

url = "https://api.stripe.com/v1/things"

body = IO.iodata_to_binary([
  "--boundary-1f\r\nContent-Disposition: form-data; name=\"f\"; filename=\"he%22l'lo;$(touch canary)`touch canary`\\.txt\"\r\nContent-Type: text/plain\r\n\r\n",
  File.read!("txt"),
  "\r\n--boundary-1f--\r\n"
])

{:ok, {{_, status, _}, _, answer}} =
  :httpc.request(:post, {url, [], ~c"multipart/form-data; boundary=boundary-1f", body}, [], body_format: :binary)

IO.puts(status)
IO.puts(answer)
