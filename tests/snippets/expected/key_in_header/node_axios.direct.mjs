// npm install axios
import axios from 'axios';

const response = await axios({
  method: 'GET',
  url: 'https://api.stripe.com/v1/things',
  headers: {
    'X-Key': process.env.MAPS_KEY,
  },
});

console.log(response.status, response.data);
