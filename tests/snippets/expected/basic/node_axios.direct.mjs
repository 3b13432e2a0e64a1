// npm install axios
import axios from 'axios';

const response = await axios({
  method: 'GET',
  url: 'https://api.stripe.com/v1/things',
  auth: { username: process.env.STRIPE_USERNAME, password: process.env.STRIPE_PASSWORD },
});

console.log(response.status, response.data);
