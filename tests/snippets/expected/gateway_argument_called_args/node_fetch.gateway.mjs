// This is the wrapped form of a call, which gateways other than Playground's may not know.
const response = await fetch('http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession', {
  method: 'POST',
  headers: {
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({ args: { args: { q: 1 } } }),
});

console.log(response.status, await response.text());
