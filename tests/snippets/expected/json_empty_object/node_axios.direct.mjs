// npm install axios
import axios from 'axios';

const response = await axios({
  method: 'POST',
  url: 'https://api.stripe.com/v1/things',
  headers: {
    'Content-Type': 'application/json',
  },
  data: {},
});

console.log(response.status, response.data);
