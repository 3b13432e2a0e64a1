# Before Erlang/OTP 26 httpc does not check certificates unless told to.
{:ok, _} = Application.ensure_all_started(:inets)
{:ok, _} = Application.ensure_all_started(:ssl)

url = "https://api.stripe.com/v1/things"
headers = [
  {~c"Cookie", ~c"theme=dark; it=it's; list=%5B%22a%22%5D; $x=`y`"}
]

{:ok, {{_, status, _}, _, answer}} =
  :httpc.request(:get, {url, headers}, [], body_format: :binary)

IO.puts(status)
IO.puts(answer)
