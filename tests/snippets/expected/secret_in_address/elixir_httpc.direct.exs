# Before Erlang/OTP 26 httpc does not check certificates unless told to.
{:ok, _} = Application.ensure_all_started(:inets)
{:ok, _} = Application.ensure_all_started(:ssl)

url = "https://api.stripe.com/v1/keys/#{URI.encode(System.fetch_env!("STRIPE_PASSWD"), &URI.char_unreserved?/1)}/uses;by=a?limit=3&passwd=#{URI.encode_www_form(System.fetch_env!("MAPS_KEY"))}&page=2"

{:ok, {{_, status, _}, _, answer}} =
  :httpc.request(:get, {url, []}, [], body_format: :binary)

IO.puts(status)
IO.puts(answer)
