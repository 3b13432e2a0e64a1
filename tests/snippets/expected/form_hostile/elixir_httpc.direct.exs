# Before Erlang/OTP 26 httpc does not check certificates unless told to.
{:ok, _} = Application.ensure_all_started(:inets)
{:ok, _} = Application.ensure_all_started(:ssl)

url = "https://api.stripe.com/v1/things"

body = URI.encode_query([
  {"'\"\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} \#{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a", "'\"\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} \#{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a"},
  {"__proto__", "a\u{202E}b\u{200B}c\u{A0}d\u{FEFF}"},
  {"~*-._", "~*-._é"}
])

{:ok, {{_, status, _}, _, answer}} =
  :httpc.request(:post, {url, [], ~c"application/x-www-form-urlencoded", body}, [], body_format: :binary)

IO.puts(status)
IO.puts(answer)
