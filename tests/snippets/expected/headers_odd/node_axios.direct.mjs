// npm install axios
import axios from 'axios';

const response = await axios({
  method: 'GET',
  url: 'https://api.stripe.com/v1/things',
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

console.log(response.status, response.data);
