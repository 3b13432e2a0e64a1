// JavaScript does not keep this spelling of a number: 12345678901234567890
const response = await fetch('http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession', {
  method: 'POST',
  headers: {
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({ c: 12345678901234567890, f: 0.1 }),
});

console.log(response.status, await response.text());
