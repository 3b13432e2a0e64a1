curl --request GET \
  --globoff \
  --url 'https://api.stripe.com/v1/things?filter[a]=1,2&set={x}|y&path=a/b?c:@!$()*;'
