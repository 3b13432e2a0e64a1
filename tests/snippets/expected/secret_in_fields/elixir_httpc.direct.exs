# Before Erlang/OTP 26 httpc does not check certificates unless told to.
{:ok, _} = Application.ensure_all_started(:inets)
{:ok, _} = Application.ensure_all_started(:ssl)

url = "https://api.stripe.com/v1/things"
headers = [
  {~c"X-Client-Secret", ~c"#{System.fetch_env!("STRIPE_API_KEY")}"},
  {~c"X-Page", ~c"2"},
  {~c"Cookie", ~c"theme=dark; token=#{System.fetch_env!("MAPS_KEY")}; a=b"}
]

{:ok, {{_, status, _}, _, answer}} =
  :httpc.request(:get, {url, headers}, [], body_format: :binary)

IO.puts(status)
IO.puts(answer)
