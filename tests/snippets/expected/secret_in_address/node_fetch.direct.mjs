const response = await fetch(`https://api.stripe.com/v1/keys/${encodeURIComponent(process.env.STRIPE_PASSWD)}/uses;by=a?limit=3&passwd=${encodeURIComponent(process.env.MAPS_KEY)}&page=2`);

console.log(response.status, await response.text());
