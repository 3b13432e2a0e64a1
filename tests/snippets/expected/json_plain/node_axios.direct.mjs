// npm install axios
import axios from 'axios';

const response = await axios({
  method: 'POST',
  url: 'https://api.stripe.com/v1/things',
  headers: {
    'Content-Type': 'application/json',
  },
  data: { name: 'Ada', tags: ['a', 'b'], none: null, yes: true },
});

console.log(response.status, response.data);
