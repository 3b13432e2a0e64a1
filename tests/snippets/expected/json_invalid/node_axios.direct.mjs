// npm install axios
import axios from 'axios';

const response = await axios({
  method: 'POST',
  url: 'https://api.stripe.com/v1/things',
  headers: {
    'Content-Type': 'application/json',
  },
  data: Buffer.from('{"unfinished": [1, 2'),
});

console.log(response.status, response.data);
