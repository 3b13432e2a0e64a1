// npm install axios
import axios from 'axios';

const response = await axios({
  method: 'POST',
  url: 'https://api.stripe.com/v1/things',
  headers: {
    'Content-Type': 'application/json',
  },
  data: {
      small: 1e-7,
      large: 1e+21,
      plain: 100,
      point: 0.000001,
      x: 9007199254740991,
    },
});

console.log(response.status, response.data);
