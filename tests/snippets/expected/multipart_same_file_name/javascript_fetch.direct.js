// Choose a.txt, a_2.txt in the page's file input, in this order.
const { files } = document.querySelector('input[type="file"]');
const form = new FormData();
form.append('f', new Blob([files[0]], { type: 'text/plain' }), '-a.txt');
form.append('f', new Blob([files[1]], { type: 'text/plain' }), '-a.txt');

const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'POST',
  body: form,
});

console.log(response.status, await response.text());
