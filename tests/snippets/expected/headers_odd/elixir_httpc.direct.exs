# Before Erlang/OTP 26 httpc does not check certificates unless told to.
{:ok, _} = Application.ensure_all_started(:inets)
{:ok, _} = Application.ensure_all_started(:ssl)

url = "https://api.stripe.com/v1/things"
headers = [
  {~c"X-Empty", ~c""},
  {~c"X-Semicolon", ~c";"},
  {~c"X-Quotes", ~c"'\"\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} \#{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a"},
  {~c"x-Lower", ~c"@file"},
  {~c"X-Accents", :binary.bin_to_list("é 漢")},
  {~c"1-Digit", ~c"2"},
  {~c"X-Comma", ~c"a, b"},
  {~c"X-Back", ~c"\\"}
]

{:ok, {{_, status, _}, _, answer}} =
  :httpc.request(:get, {url, headers}, [], body_format: :binary)

IO.puts(status)
IO.puts(answer)
