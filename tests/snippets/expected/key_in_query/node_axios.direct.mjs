// npm install axios
import axios from 'axios';

const response = await axios.get(`https://api.stripe.com/v1/maps?at=%271%27&key=${encodeURIComponent(process.env.MAPS_KEY)}`);

console.log(response.status, response.data);
