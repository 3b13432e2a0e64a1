const response = await fetch('http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession', {
  method: 'POST',
  headers: {
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({
    body: {
      filename: 'my photo.png',
      content_type: 'application/octet-stream',
      content: 'iVBORw0KGgoAASciJCh4Kf8=',
    },
  }),
});

const answer: string = await response.text();
console.log(response.status, answer);
