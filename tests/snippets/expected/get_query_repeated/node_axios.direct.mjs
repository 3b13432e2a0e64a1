// npm install axios
import axios from 'axios';

const response = await axios({
  method: 'DELETE',
  url: 'https://api.stripe.com/v1/things',
  params: new URLSearchParams([
    ['id', '1'],
    ['id', '2'],
    ['by', 'a-b_c.d'],
  ]),
});

console.log(response.status, response.data);
