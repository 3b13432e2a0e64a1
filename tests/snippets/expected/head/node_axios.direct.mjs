// npm install axios
import axios from 'axios';

const response = await axios({
  method: 'HEAD',
  url: 'https://api.stripe.com/v1/things',
});

console.log(response.status, response.data);
