// npm install axios
import axios from 'axios';

const response = await axios({
  method: 'POST',
  url: 'https://api.stripe.com/v1/things',
  headers: {
    'Content-Type': 'application/x-www-form-urlencoded',
  },
  data: 'a=x%20y/z\'&&b',
});

console.log(response.status, response.data);
