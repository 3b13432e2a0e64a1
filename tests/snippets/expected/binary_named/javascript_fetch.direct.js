// Choose my_photo.png in the page's file input, in this order.
const { files } = document.querySelector('input[type="file"]');

const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'PUT',
  headers: {
    'Content-Type': 'image/png',
  },
  body: files[0],
});

console.log(response.status, await response.text());
