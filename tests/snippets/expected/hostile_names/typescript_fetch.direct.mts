const response = await fetch('https://api.stripe.com/v1/things');

const answer: string = await response.text();
console.log(response.status, answer);
