import { once } from 'node:events';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';

const call = request('https://api.stripe.com/v1/things', {
  method: 'GET',
  headers: {
    'X-Empty': '',
    'X-Semicolon': ';',
    'X-Quotes': '\'"\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ \x3C/script> \x3C!-- --> %0a',
    'x-Lower': '@file',
    'X-Accents': Buffer.from('é 漢').toString('latin1'),
    '1-Digit': '2',
    'X-Comma': 'a, b',
    'X-Back': '\\',
  },
});
call.end();

const [response] = await once(call, 'response');
console.log(response.statusCode, await text(response));
