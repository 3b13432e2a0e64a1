const response = await fetch('http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession', {
  method: 'POST',
  headers: {
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({
    body: 'a\u202Eb\u200Bc\xA0d\uFEFF\t\x1B[2J\r\n\x00\x7Fa\u202Eb\u200Bc\xA0d\uFEFF',
  }),
});

console.log(response.status, await response.text());
