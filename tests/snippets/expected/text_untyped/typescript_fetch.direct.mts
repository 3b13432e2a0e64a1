const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'POST',
  body: Buffer.from('no type'),
});

const answer: string = await response.text();
console.log(response.status, answer);
