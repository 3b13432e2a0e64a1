# Before Erlang/OTP 26 httpc does not check certificates unless told to.
{:ok, _} = Application.ensure_all_started(:inets)
{:ok, _} = Application.ensure_all_started(:ssl)

url = "https://api.stripe.com/v1/things?q=a%20b&page=1"

{:ok, {{_, status, _}, _, answer}} =
  :httpc.request(:get, {url, []}, [], body_format: :binary)

IO.puts(status)
IO.puts(answer)
