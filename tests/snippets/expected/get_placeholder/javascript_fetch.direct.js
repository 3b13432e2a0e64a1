// Fill in: session
const response = await fetch('https://api.stripe.com/v1/sessions/{session}');

console.log(response.status, await response.text());
