// A browser does not let a page set Cookie; it is left out here.
const response = await fetch('https://api.stripe.com/v1/things');

console.log(response.status, await response.text());
