// fetch rewrites parts of this address: dot segments and characters it wants percent-encoded.
const response = await fetch('https://api.stripe.com/v1/%2E%2E/../things/.');

const answer: string = await response.text();
console.log(response.status, answer);
