// npm install axios
import axios from 'axios';

const response = await axios({
  method: 'GET',
  url: `https://api.stripe.com/v1/things?key=${encodeURIComponent(process.env.MAPS_KEY)}`,
  headers: {
    Authorization: `Bearer ${process.env.STRIPE_API_KEY}`,
    'X-Key': process.env.MAPS_KEY,
  },
});

console.log(response.status, response.data);
