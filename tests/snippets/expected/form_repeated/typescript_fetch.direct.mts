const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'POST',
  headers: {
    'Content-Type': 'application/x-www-form-urlencoded',
  },
  body: new URLSearchParams([
    ['tags', 'a b'],
    ['tags', 'c&d'],
    ['amp', 'x&y=z+w'],
    ['empty', ''],
    ['7', '7'],
  ]),
});

const answer: string = await response.text();
console.log(response.status, answer);
