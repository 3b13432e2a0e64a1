{:ok, _} = Application.ensure_all_started(:inets)
{:ok, _} = Application.ensure_all_started(:ssl)

url = "http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession"
headers = [
  {~c"Authorization", ~c"Bearer #{System.fetch_env!("STRIPE_API_KEY")}"}
]

body = ~S({
  "session": "cs_test_a1B2c3",
  "line_items": [
    {
      "quantity": 2,
      "price_data": {
        "currency": "usd",
        "unit_amount": 1500,
        "product": "prod_123"
      }
    }
  ],
  "metadata": {
    "order": "6735"
  }
})

{:ok, {{_, status, _}, _, answer}} =
  :httpc.request(:post, {url, headers, ~c"application/json", body}, [], body_format: :binary)

IO.puts(status)
IO.puts(answer)
