// npm install axios
import axios from 'axios';

const form = new FormData();
form.append('title', 'It\'s $HOME');
form.append('at', '@/etc/passwd;type=x');
form.append('empty', '');

const response = await axios({
  method: 'POST',
  url: 'https://api.stripe.com/v1/things',
  data: form,
});

console.log(response.status, response.data);
