// Fill in: session
const response = await fetch('https://api.stripe.com/v1/sessions/{session}');

const answer: string = await response.text();
console.log(response.status, answer);
