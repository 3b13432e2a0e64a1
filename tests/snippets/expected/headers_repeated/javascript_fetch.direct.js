// fetch joins the repeated header field X-Many into one.
const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'GET',
  headers: [
    ['X-Many', 'a'],
    ['X-Other', 'o'],
    ['X-Many', 'b'],
  ],
});

console.log(response.status, await response.text());
