printf 'a\342\200\256b\342\200\213c\302\240d\357\273\277\t\033[2J\r\n\000\177a\342\200\256b\342\200\213c\302\240d\357\273\277' | http POST 'https://api.stripe.com/v1/things' \
  'Content-Type:text/plain; charset=utf-8'
