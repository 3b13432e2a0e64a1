// npm install axios
import axios from 'axios';

const response = await axios({
  method: 'POST',
  url: 'https://api.stripe.com/v1/things',
  headers: {
    'Content-Type': 'application/x-www-form-urlencoded',
  },
  data: new URLSearchParams([
    ['tags', 'a b'],
    ['tags', 'c&d'],
    ['amp', 'x&y=z+w'],
    ['empty', ''],
    ['7', '7'],
  ]),
});

console.log(response.status, response.data);
