// npm install axios
import axios from 'axios';

const response = await axios({
  method: 'POST',
  url: 'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession',
  headers: {
    'Content-Type': 'application/json',
  },
  data: {
      body: {
        filename: 'my photo.png',
        content_type: 'application/octet-stream',
        content: 'iVBORw0KGgoAASciJCh4Kf8=',
      },
    },
});

console.log(response.status, response.data);
