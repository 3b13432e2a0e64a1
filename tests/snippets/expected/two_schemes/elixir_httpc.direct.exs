# Before Erlang/OTP 26 httpc does not check certificates unless told to.
{:ok, _} = Application.ensure_all_started(:inets)
{:ok, _} = Application.ensure_all_started(:ssl)

url = "https://api.stripe.com/v1/things?key=#{URI.encode_www_form(System.fetch_env!("MAPS_KEY"))}"
headers = [
  {~c"Authorization", ~c"Bearer #{System.fetch_env!("STRIPE_API_KEY")}"},
  {~c"X-Key", ~c"#{System.fetch_env!("MAPS_KEY")}"}
]

{:ok, {{_, status, _}, _, answer}} =
  :httpc.request(:get, {url, headers}, [], body_format: :binary)

IO.puts(status)
IO.puts(answer)
