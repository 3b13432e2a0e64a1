{:ok, _} = Application.ensure_all_started(:inets)
{:ok, _} = Application.ensure_all_started(:ssl)

url = "http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession"
credentials = Base.encode64("#{System.fetch_env!("STRIPE_USERNAME")}:#{System.fetch_env!("STRIPE_PASSWORD")}")
headers = [
  {~c"Authorization", ~c"Basic #{credentials}"}
]

body = "{}"

{:ok, {{_, status, _}, _, answer}} =
  :httpc.request(:post, {url, headers, ~c"application/json", body}, [], body_format: :binary)

IO.puts(status)
IO.puts(answer)
