const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'POST',
  headers: {
    'Content-Type': 'text/plain; charset=utf-8',
  },
  body: 'a\u202Eb\u200Bc\xA0d\uFEFF\t\x1B[2J\r\n\x00\x7Fa\u202Eb\u200Bc\xA0d\uFEFF',
});

const answer: string = await response.text();
console.log(response.status, answer);
