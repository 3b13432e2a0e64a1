# This is the wrapped form of a call, which gateways other than Playground's may not know.
# A secret with a quotation mark or backslash in it must be escaped as in JSON.
{:ok, _} = Application.ensure_all_started(:inets)
{:ok, _} = Application.ensure_all_started(:ssl)

url = "http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession"

body = ~S({
  "args": {
    "q": "it's"
  },
  "credential": {
    "type": "bearer_token",
    "token": ") <> System.fetch_env!("STRIPE_API_KEY") <> ~S("
  },
  "options": {
    "server": "https://eu.example.com/v1",
    "media_type": "text/plain"
  }
})

{:ok, {{_, status, _}, _, answer}} =
  :httpc.request(:post, {url, [], ~c"application/json", body}, [], body_format: :binary)

IO.puts(status)
IO.puts(answer)
