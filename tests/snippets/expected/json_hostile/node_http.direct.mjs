import { once } from 'node:events';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';

const call = request('https://api.stripe.com/v1/things', {
  method: 'POST',
  headers: {
    'Content-Type': 'application/json',
  },
});
call.end('{"__proto__":{"a":1},"\'\\"\\\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\\\n !! ~ * ? [x] {a,b} <EOF> */ \x3C/script> \x3C!-- --> %0a":"\'\\"\\\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\\\n !! ~ * ? [x] {a,b} <EOF> */ \x3C/script> \x3C!-- --> %0a","2":"index","10":null,"1":true,"line\\r\\nend":"\u2028\u2029\\t\\u001b[31m\x7F","bidi":"a\u202Eb\u200Bc\xA0d\uFEFF","emoji":"🎉 ❤\uFE0F é 漢字","delete":[[],{},"",false],"constructor":-1.5}');

const [response] = await once(call, 'response');
console.log(response.statusCode, await text(response));
