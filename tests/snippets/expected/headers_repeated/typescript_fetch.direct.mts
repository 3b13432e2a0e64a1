// fetch joins the repeated header field X-Many into one.
const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'GET',
  headers: [
    ['X-Many', 'a'],
    ['X-Other', 'o'],
    ['X-Many', 'b'],
  ],
});

const answer: string = await response.text();
console.log(response.status, answer);
