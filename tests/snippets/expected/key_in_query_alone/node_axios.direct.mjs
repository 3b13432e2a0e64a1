// npm install axios
import axios from 'axios';

const response = await axios.get(`https://api.stripe.com/v1/maps?key=${encodeURIComponent(process.env.MAPS_KEY)}`);

console.log(response.status, response.data);
