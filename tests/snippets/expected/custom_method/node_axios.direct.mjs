// npm install axios
import axios from 'axios';

const response = await axios({
  method: 'QUERY',
  url: 'https://api.stripe.com/v1/things',
  headers: {
    'Content-Type': 'application/json',
  },
  data: { q: 1 },
});

console.log(response.status, response.data);
