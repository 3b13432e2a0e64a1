# Fill in: session
curl --request GET \
  --globoff \
  --url 'https://api.stripe.com/v1/sessions/{session}'
