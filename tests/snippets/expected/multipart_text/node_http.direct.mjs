import { once } from 'node:events';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';

const call = request('https://api.stripe.com/v1/things', {
  method: 'POST',
  headers: {
    'Content-Type': 'multipart/form-data; boundary=boundary-1f',
  },
});
call.end(Buffer.from('--boundary-1f\r\nContent-Disposition: form-data; name="title"\r\n\r\nIt\'s $HOME\r\n--boundary-1f\r\nContent-Disposition: form-data; name="at"\r\n\r\n@/etc/passwd;type=x\r\n--boundary-1f\r\nContent-Disposition: form-data; name="empty"\r\n\r\n\r\n--boundary-1f--\r\n'));

const [response] = await once(call, 'response');
console.log(response.statusCode, await text(response));
