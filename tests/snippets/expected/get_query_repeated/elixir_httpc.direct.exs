# Before Erlang/OTP 26 httpc does not check certificates unless told to.
{:ok, _} = Application.ensure_all_started(:inets)
{:ok, _} = Application.ensure_all_started(:ssl)

url = "https://api.stripe.com/v1/things?id=1&id=2&by=a-b_c.d"

{:ok, {{_, status, _}, _, answer}} =
  :httpc.request(:delete, {url, []}, [], body_format: :binary)

IO.puts(status)
IO.puts(answer)
