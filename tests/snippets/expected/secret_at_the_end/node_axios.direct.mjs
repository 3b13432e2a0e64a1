// npm install axios
import axios from 'axios';

const response = await axios({
  method: 'DELETE',
  url: `https://api.stripe.com/v1/keys?limit=3&key=${encodeURIComponent(process.env.MAPS_KEY)}&passwd=${encodeURIComponent(process.env.STRIPE_PASSWD)}`,
});

console.log(response.status, response.data);
