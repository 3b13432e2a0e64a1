# Before Erlang/OTP 26 httpc does not check certificates unless told to.
{:ok, _} = Application.ensure_all_started(:inets)
{:ok, _} = Application.ensure_all_started(:ssl)

url = "https://api.stripe.com/v1/things"
headers = [
  {~c"Content-Type", ~c"text/plain; charset=utf-8"}
]

{:ok, {{_, status, _}, _, answer}} =
  :httpc.request(:post, {url, headers, ~c"", ""}, [], body_format: :binary)

IO.puts(status)
IO.puts(answer)
