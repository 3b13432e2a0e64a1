const response = await fetch('http://127.0.0.1:8000/gateway/tools/google%2Fbooks/volumes-x.list.2nd.delete', {
  method: 'POST',
  headers: {
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({ q: 'flowers' }),
});

console.log(response.status, await response.text());
