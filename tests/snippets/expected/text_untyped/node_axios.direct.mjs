// npm install axios
import axios from 'axios';

const response = await axios({
  method: 'POST',
  url: 'https://api.stripe.com/v1/things',
  headers: {
    'Content-Type': false,
  },
  data: Buffer.from('no type'),
});

console.log(response.status, response.data);
