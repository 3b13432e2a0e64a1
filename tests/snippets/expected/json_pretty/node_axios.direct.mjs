// npm install axios
import axios from 'axios';

const response = await axios({
  method: 'POST',
  url: 'https://api.stripe.com/v1/things',
  headers: {
    'Content-Type': 'application/json',
  },
  data: Buffer.from('ewogICJhIjogMSwKICAiYiI6IFsKICAgIHRydWUKICBdCn0=', 'base64'),
});

console.log(response.status, response.data);
