# Before Erlang/OTP 26 httpc does not check certificates unless told to.
{:ok, _} = Application.ensure_all_started(:inets)
{:ok, _} = Application.ensure_all_started(:ssl)

url = "https://api.stripe.com/v1/things?order=2&pipes=a%7Cb&spaces=a%20b&commas=a,b&order=1&deep%5Ba%5D%5Bb%5D=c"

{:ok, {{_, status, _}, _, answer}} =
  :httpc.request(:get, {url, []}, [], body_format: :binary)

IO.puts(status)
IO.puts(answer)
