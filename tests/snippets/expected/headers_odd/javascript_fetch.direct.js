const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'GET',
  headers: {
    'X-Empty': '',
    'X-Semicolon': ';',
    'X-Quotes': '\'"\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ \x3C/script> \x3C!-- --> %0a',
    'x-Lower': '@file',
    'X-Accents': String.fromCharCode(...new TextEncoder().encode('é 漢')),
    '1-Digit': '2',
    'X-Comma': 'a, b',
    'X-Back': '\\',
  },
});

console.log(response.status, await response.text());
