# Before Erlang/OTP 26 httpc does not check certificates unless told to.
{:ok, _} = Application.ensure_all_started(:inets)
{:ok, _} = Application.ensure_all_started(:ssl)

url = "https://api.stripe.com/v1/pins/#{URI.encode(System.fetch_env!("STRIPE_PIN"), &URI.char_unreserved?/1)}?pin=#{URI.encode_www_form(System.fetch_env!("STRIPE_QUERY_PIN"))}&page=2"
headers = [
  {~c"Authorization", ~c"Bearer #{System.fetch_env!("STRIPE_API_KEY")}"}
]

body = ~S({"q":1})

{:ok, {{_, status, _}, _, answer}} =
  :httpc.request(:post, {url, headers, ~c"application/json", body}, [], body_format: :binary)

IO.puts(status)
IO.puts(answer)
