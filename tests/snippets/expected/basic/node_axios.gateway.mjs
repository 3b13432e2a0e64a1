// npm install axios
import axios from 'axios';

const response = await axios({
  method: 'POST',
  url: 'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession',
  auth: { username: process.env.STRIPE_USERNAME, password: process.env.STRIPE_PASSWORD },
  headers: {
    'Content-Type': 'application/json',
  },
  data: {},
});

console.log(response.status, response.data);
