const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'GET',
  headers: {
    Cookie: 'theme=dark; it=it\'s; list=%5B%22a%22%5D; $x=`y`',
  },
});

console.log(response.status, await response.text());
