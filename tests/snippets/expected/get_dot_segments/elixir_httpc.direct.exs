# httpc rewrites parts of this address: dot segments and needless escapes.
# Before Erlang/OTP 26 httpc does not check certificates unless told to.
{:ok, _} = Application.ensure_all_started(:inets)
{:ok, _} = Application.ensure_all_started(:ssl)

url = "https://api.stripe.com/v1/%2E%2E/../things/."

{:ok, {{_, status, _}, _, answer}} =
  :httpc.request(:get, {url, []}, [], body_format: :binary)

IO.puts(status)
IO.puts(answer)
