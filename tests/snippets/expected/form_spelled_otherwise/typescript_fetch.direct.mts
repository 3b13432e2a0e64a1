const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'POST',
  headers: {
    'Content-Type': 'application/x-www-form-urlencoded',
  },
  body: 'a=x%20y/z\'&&b',
});

const answer: string = await response.text();
console.log(response.status, answer);
