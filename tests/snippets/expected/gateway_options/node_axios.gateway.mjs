// npm install axios
// This is the wrapped form of a call, which gateways other than Playground's may not know.
import axios from 'axios';

const response = await axios({
  method: 'POST',
  url: 'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession',
  headers: {
    'Content-Type': 'application/json',
  },
  data: {
      args: { q: 'it\'s' },
      credential: {
        type: 'bearer_token',
        token: process.env.STRIPE_API_KEY,
      },
      options: {
        server: 'https://eu.example.com/v1',
        media_type: 'text/plain',
      },
    },
});

console.log(response.status, response.data);
