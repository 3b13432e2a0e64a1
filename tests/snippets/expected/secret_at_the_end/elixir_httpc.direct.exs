# Before Erlang/OTP 26 httpc does not check certificates unless told to.
{:ok, _} = Application.ensure_all_started(:inets)
{:ok, _} = Application.ensure_all_started(:ssl)

url = "https://api.stripe.com/v1/keys?limit=3&key=#{URI.encode_www_form(System.fetch_env!("MAPS_KEY"))}&passwd=#{URI.encode_www_form(System.fetch_env!("STRIPE_PASSWD"))}"

{:ok, {{_, status, _}, _, answer}} =
  :httpc.request(:delete, {url, []}, [], body_format: :binary)

IO.puts(status)
IO.puts(answer)
