// npm install axios
import axios from 'axios';

const response = await axios({
  method: 'DELETE',
  url: 'https://api.stripe.com/v1/things',
  headers: {
    'Content-Type': 'application/json',
  },
  data: { hard: true },
});

console.log(response.status, response.data);
