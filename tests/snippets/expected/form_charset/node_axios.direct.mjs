// npm install axios
import axios from 'axios';

const response = await axios({
  method: 'POST',
  url: 'https://api.stripe.com/v1/things',
  headers: {
    'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8',
  },
  data: new URLSearchParams({ a: 'é' }),
});

console.log(response.status, response.data);
