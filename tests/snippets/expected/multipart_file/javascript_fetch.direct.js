// Choose photo.png in the page's file input, in this order.
const { files } = document.querySelector('input[type="file"]');
const form = new FormData();
form.append('title', 'Zoë');
form.append('photo', new Blob([files[0]], { type: 'image/png' }), 'photo.png');

const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'POST',
  body: form,
});

console.log(response.status, await response.text());
