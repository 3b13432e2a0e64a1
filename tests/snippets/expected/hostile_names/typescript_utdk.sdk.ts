import _new from '@utdk/new';

await _new['a\'b\n;x'].__proto__({
  'a-b': 1,
  'c d': '\'"\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ \x3C/script> \x3C!-- --> %0a',
})
