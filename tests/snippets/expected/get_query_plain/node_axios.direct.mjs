// npm install axios
import axios from 'axios';

const response = await axios({
  method: 'GET',
  url: 'https://api.stripe.com/v1/customers',
  params: new URLSearchParams({
    limit: '3',
    starting_after: 'cus_1',
  }),
  headers: {
    Authorization: `Bearer ${process.env.STRIPE_API_KEY}`,
  },
});

console.log(response.status, response.data);
