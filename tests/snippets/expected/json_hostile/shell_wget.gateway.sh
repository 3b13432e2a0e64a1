wget --quiet --output-document=- \
  --method=POST \
  --header='Content-Type: application/json' \
  --body-data='{"__proto__":{"a":1},"'\''\"\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a":"'\''\"\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a","2":"index","10":null,"1":true,"line\r\nend":"'"$(printf '\342\200\250\342\200\251')"'\t\u001b[31m'"$(printf '\177')"'","bidi":"a'"$(printf '\342\200\256')"'b'"$(printf '\342\200\213')"'c'"$(printf '\302\240')"'d'"$(printf '\357\273\277')"'","emoji":"🎉 ❤'"$(printf '\357\270\217')"' é 漢字","delete":[[],{},"",false],"constructor":-1.5}' \
  'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession'
