const query = new URLSearchParams({
  'expand[]': 'data.customer',
  'filter[status]': 'é&=',
  note: '#\'',
});

const response = await fetch(`https://api.stripe.com/v1/search?${query}`);

const answer: string = await response.text();
console.log(response.status, answer);
