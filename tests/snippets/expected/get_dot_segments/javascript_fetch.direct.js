// fetch rewrites parts of this address: dot segments and characters it wants percent-encoded.
const response = await fetch('https://api.stripe.com/v1/%2E%2E/../things/.');

console.log(response.status, await response.text());
