// npm install axios
import axios from 'axios';

const response = await axios({
  method: 'PATCH',
  url: 'https://api.stripe.com/v1/things',
  headers: {
    Authorization: `Bearer ${process.env.STRIPE_API_KEY}`,
    'Content-Type': 'application/json',
  },
  data: { name: 'Zoë' },
});

console.log(response.status, response.data);
