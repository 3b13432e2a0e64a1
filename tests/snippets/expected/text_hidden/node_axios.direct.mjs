// npm install axios
import axios from 'axios';

const response = await axios({
  method: 'POST',
  url: 'https://api.stripe.com/v1/things',
  headers: {
    'Content-Type': 'text/plain; charset=utf-8',
  },
  data: 'a\u202Eb\u200Bc\xA0d\uFEFF\t\x1B[2J\r\n\x00\x7Fa\u202Eb\u200Bc\xA0d\uFEFF',
});

console.log(response.status, response.data);
