# Before Erlang/OTP 26 httpc does not check certificates unless told to.
{:ok, _} = Application.ensure_all_started(:inets)
{:ok, _} = Application.ensure_all_started(:ssl)

url = "https://api.stripe.com/v1/things"
credentials = Base.encode64("#{System.fetch_env!("STRIPE_USERNAME")}:#{System.fetch_env!("STRIPE_PASSWORD")}")
headers = [
  {~c"Authorization", ~c"Basic #{credentials}"}
]

{:ok, {{_, status, _}, _, answer}} =
  :httpc.request(:get, {url, headers}, [], body_format: :binary)

IO.puts(status)
IO.puts(answer)
