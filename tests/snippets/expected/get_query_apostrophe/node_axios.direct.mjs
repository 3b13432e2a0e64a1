// npm install axios
// axios rewrites parts of this address: dot segments and characters it wants percent-encoded.
import axios from 'axios';

const response = await axios.get('https://api.stripe.com/v1/things?name=O\'Neil');

console.log(response.status, response.data);
