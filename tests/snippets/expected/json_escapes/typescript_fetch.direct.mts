const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'POST',
  headers: {
    'Content-Type': 'application/json',
  },
  body: '{"a":"\\ud800","slash":"\\/","e":"\\u00e9"}',
});

const answer: string = await response.text();
console.log(response.status, answer);
