// npm install axios
import axios from 'axios';

const response = await axios({
  method: 'GET',
  url: 'https://api.stripe.com/v1/things',
  headers: {
    'X-Client-Secret': process.env.STRIPE_API_KEY,
    'X-Page': '2',
    Cookie: `theme=dark; token=${process.env.MAPS_KEY}; a=b`,
  },
});

console.log(response.status, response.data);
