# Before Erlang/OTP 26 httpc does not check certificates unless told to.
# Reads my_photo.png from the folder it is run in.
{:ok, _} = Application.ensure_all_started(:inets)
{:ok, _} = Application.ensure_all_started(:ssl)

url = "https://api.stripe.com/v1/things"

body = File.read!("my_photo.png")

{:ok, {{_, status, _}, _, answer}} =
  :httpc.request(:put, {url, [], ~c"image/png", body}, [], body_format: :binary)

IO.puts(status)
IO.puts(answer)
