const response = await fetch('https://api.stripe.com/v1/things');

console.log(response.status, await response.text());
