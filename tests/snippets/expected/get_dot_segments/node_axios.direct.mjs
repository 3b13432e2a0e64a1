// npm install axios
// axios rewrites parts of this address: dot segments and characters it wants percent-encoded.
import axios from 'axios';

const response = await axios.get('https://api.stripe.com/v1/%2E%2E/../things/.');

console.log(response.status, response.data);
