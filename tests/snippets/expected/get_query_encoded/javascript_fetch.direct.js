const query = new URLSearchParams({
  'expand[]': 'data.customer',
  'filter[status]': 'é&=',
  note: '#\'',
});

const response = await fetch(`https://api.stripe.com/v1/search?${query}`);

console.log(response.status, await response.text());
