// npm install axios
import axios from 'axios';

const response = await axios.get(`https://api.stripe.com/v1/keys/${encodeURIComponent(process.env.STRIPE_PASSWD)}/uses;by=a?limit=3&passwd=${encodeURIComponent(process.env.MAPS_KEY)}&page=2`);

console.log(response.status, response.data);
