# Before Erlang/OTP 26 httpc does not check certificates unless told to.
{:ok, _} = Application.ensure_all_started(:inets)
{:ok, _} = Application.ensure_all_started(:ssl)

url = "https://api.stripe.com/v1/search?expand%5B%5D=data.customer&filter%5Bstatus%5D=%C3%A9%26%3D&note=%23%27"

{:ok, {{_, status, _}, _, answer}} =
  :httpc.request(:get, {url, []}, [], body_format: :binary)

IO.puts(status)
IO.puts(answer)
