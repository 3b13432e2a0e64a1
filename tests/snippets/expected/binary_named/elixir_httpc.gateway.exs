{:ok, _} = Application.ensure_all_started(:inets)
{:ok, _} = Application.ensure_all_started(:ssl)

url = "http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession"

body = ~S({
  "body": {
    "filename": "my photo.png",
    "content_type": "application/octet-stream",
    "content": "iVBORw0KGgoAASciJCh4Kf8="
  }
})

{:ok, {{_, status, _}, _, answer}} =
  :httpc.request(:post, {url, [], ~c"application/json", body}, [], body_format: :binary)

IO.puts(status)
IO.puts(answer)
