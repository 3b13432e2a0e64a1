// npm install axios
import axios from 'axios';

const response = await axios({
  method: 'POST',
  url: 'https://api.stripe.com/v1/things',
  headers: {
    'Content-Type': 'text/plain; charset=utf-8',
  },
  data: '=1+1',
});

console.log(response.status, response.data);
