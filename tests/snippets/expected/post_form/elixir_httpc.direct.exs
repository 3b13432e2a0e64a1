# Before Erlang/OTP 26 httpc does not check certificates unless told to.
{:ok, _} = Application.ensure_all_started(:inets)
{:ok, _} = Application.ensure_all_started(:ssl)

url = "https://api.stripe.com/v1/checkout/sessions/cs_test_a1B2c3"
headers = [
  {~c"Authorization", ~c"Bearer #{System.fetch_env!("STRIPE_API_KEY")}"}
]

body = URI.encode_query([
  {"line_items[0][price_data][currency]", "usd"},
  {"line_items[0][price_data][unit_amount]", "1500"},
  {"line_items[0][quantity]", "2"},
  {"metadata[order]", "6735"}
])

{:ok, {{_, status, _}, _, answer}} =
  :httpc.request(:post, {url, headers, ~c"application/x-www-form-urlencoded", body}, [], body_format: :binary)

IO.puts(status)
IO.puts(answer)
