// npm install axios
import axios from 'axios';

const response = await axios({
  method: 'POST',
  url: 'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession',
  headers: {
    'Content-Type': 'application/json',
    'X-Api-Key': process.env.MAPS_KEY,
  },
  data: { q: 'x' },
});

console.log(response.status, response.data);
