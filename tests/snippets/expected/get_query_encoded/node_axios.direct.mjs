// npm install axios
import axios from 'axios';

const response = await axios({
  method: 'GET',
  url: 'https://api.stripe.com/v1/search',
  params: new URLSearchParams({
    'expand[]': 'data.customer',
    'filter[status]': 'é&=',
    note: '#\'',
  }),
});

console.log(response.status, response.data);
