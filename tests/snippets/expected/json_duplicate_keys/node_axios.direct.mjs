// npm install axios
import axios from 'axios';

const response = await axios({
  method: 'POST',
  url: 'https://api.stripe.com/v1/things',
  headers: {
    'Content-Type': 'application/json',
  },
  data: Buffer.from('{"a":1,"a":2}'),
});

console.log(response.status, response.data);
