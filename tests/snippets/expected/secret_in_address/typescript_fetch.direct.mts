const response = await fetch(`https://api.stripe.com/v1/keys/${encodeURIComponent(process.env.STRIPE_PASSWD!)}/uses;by=a?limit=3&passwd=${encodeURIComponent(process.env.MAPS_KEY!)}&page=2`);

const answer: string = await response.text();
console.log(response.status, answer);
