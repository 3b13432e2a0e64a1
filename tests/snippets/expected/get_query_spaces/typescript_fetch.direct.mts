const response = await fetch('https://api.stripe.com/v1/things?q=a%20b&page=1');

const answer: string = await response.text();
console.log(response.status, answer);
