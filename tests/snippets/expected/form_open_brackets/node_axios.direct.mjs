// npm install axios
import axios from 'axios';

const response = await axios({
  method: 'POST',
  url: 'https://api.stripe.com/v1/things',
  headers: {
    'Content-Type': 'application/x-www-form-urlencoded',
  },
  data: [
    'line_items[0][price_data][currency]=usd',
    'line_items[0][quantity]=2',
    'name=It%27s',
    '',
    '',
  ].join('&'),
});

console.log(response.status, response.data);
