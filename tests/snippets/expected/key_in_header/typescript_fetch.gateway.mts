const response = await fetch('http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession', {
  method: 'POST',
  headers: {
    'Content-Type': 'application/json',
    'X-Api-Key': process.env.MAPS_KEY!,
  },
  body: JSON.stringify({ q: 'x' }),
});

const answer: string = await response.text();
console.log(response.status, answer);
