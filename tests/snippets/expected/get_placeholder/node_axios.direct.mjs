// npm install axios
// Fill in: session
import axios from 'axios';

const response = await axios.get('https://api.stripe.com/v1/sessions/{session}');

console.log(response.status, response.data);
