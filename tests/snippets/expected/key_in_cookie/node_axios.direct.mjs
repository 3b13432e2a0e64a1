// npm install axios
import axios from 'axios';

const response = await axios({
  method: 'GET',
  url: 'https://api.stripe.com/v1/things',
  headers: {
    Cookie: `theme=dark; sid=${process.env.MAPS_KEY}`,
  },
});

console.log(response.status, response.data);
