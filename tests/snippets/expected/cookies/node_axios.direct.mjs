// npm install axios
import axios from 'axios';

const response = await axios({
  method: 'GET',
  url: 'https://api.stripe.com/v1/things',
  headers: {
    Cookie: 'theme=dark; it=it\'s; list=%5B%22a%22%5D; $x=`y`',
  },
});

console.log(response.status, response.data);
