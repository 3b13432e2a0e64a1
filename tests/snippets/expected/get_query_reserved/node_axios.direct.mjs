// npm install axios
import axios from 'axios';

const response = await axios.get('https://api.stripe.com/v1/things?filter[a]=1,2&set={x}|y&path=a/b?c:@!$()*;');

console.log(response.status, response.data);
