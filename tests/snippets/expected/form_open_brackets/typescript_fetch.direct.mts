const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'POST',
  headers: {
    'Content-Type': 'application/x-www-form-urlencoded',
  },
  body: [
    'line_items[0][price_data][currency]=usd',
    'line_items[0][quantity]=2',
    'name=It%27s',
    '',
    '',
  ].join('&'),
});

const answer: string = await response.text();
console.log(response.status, answer);
