const form = new FormData();
form.append('title', 'It\'s $HOME');
form.append('at', '@/etc/passwd;type=x');
form.append('empty', '');

const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'POST',
  body: form,
});

console.log(response.status, await response.text());
