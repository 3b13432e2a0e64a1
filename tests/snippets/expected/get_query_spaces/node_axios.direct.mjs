// npm install axios
import axios from 'axios';

const response = await axios.get('https://api.stripe.com/v1/things?q=a%20b&page=1');

console.log(response.status, response.data);
