wget --quiet --output-document=- \
  'https://api.stripe.com/v1/search?expand%5B%5D=data.customer&filter%5Bstatus%5D=%C3%A9%26%3D&note=%23%27'
