const response = await fetch('https://api.stripe.com/v1/things?q=a%20b&page=1');

console.log(response.status, await response.text());
