const response = await fetch(`https://api.stripe.com/v1/maps?at=%271%27&key=${encodeURIComponent(process.env.MAPS_KEY!)}`);

const answer: string = await response.text();
console.log(response.status, answer);
