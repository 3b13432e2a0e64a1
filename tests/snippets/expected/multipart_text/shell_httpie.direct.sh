http --ignore-stdin --multipart POST 'https://api.stripe.com/v1/things' \
  'title=It'\''s $HOME' \
  'at=\@/etc/passwd;type=x' \
  'empty='
