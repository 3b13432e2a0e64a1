curl --request GET \
  --url 'https://api.stripe.com/v1/things' \
  --header 'Cookie: theme=dark; it=it'\''s; list=%5B%22a%22%5D; $x=`y`'
