# Writes the content into request-body.tmp first.
printf '{"__proto__":{"a":1},"\047\\"\\\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %%s %%d \\\\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %%0a":"\047\\"\\\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %%s %%d \\\\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %%0a","2":"index","10":null,"1":true,"line\\r\\nend":"\342\200\250\342\200\251\\t\\u001b[31m\177","bidi":"a\342\200\256b\342\200\213c\302\240d\357\273\277","emoji":"🎉 ❤\357\270\217 é 漢字","delete":[[],{},"",false],"constructor":-1.5}' > request-body.tmp
wget --quiet --output-document=- \
  --method=POST \
  --header='Content-Type: application/json' \
  --body-file=request-body.tmp \
  'https://api.stripe.com/v1/things'
