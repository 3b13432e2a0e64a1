# Before Erlang/OTP 26 httpc does not check certificates unless told to.
{:ok, _} = Application.ensure_all_started(:inets)
{:ok, _} = Application.ensure_all_started(:ssl)

url = "https://api.stripe.com/v1/customers?limit=3&starting_after=cus_1"
headers = [
  {~c"Authorization", ~c"Bearer #{System.fetch_env!("STRIPE_API_KEY")}"}
]

{:ok, {{_, status, _}, _, answer}} =
  :httpc.request(:get, {url, headers}, [], body_format: :binary)

IO.puts(status)
IO.puts(answer)
