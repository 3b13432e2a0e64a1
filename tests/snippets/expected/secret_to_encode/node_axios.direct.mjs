// npm install axios
import axios from 'axios';

const response = await axios({
  method: 'POST',
  url: `https://api.stripe.com/v1/pins/${encodeURIComponent(process.env.STRIPE_PIN)}?pin=${encodeURIComponent(process.env.STRIPE_QUERY_PIN)}&page=2`,
  headers: {
    Authorization: `Bearer ${process.env.STRIPE_API_KEY}`,
    'Content-Type': 'application/json',
  },
  data: { q: 1 },
});

console.log(response.status, response.data);
