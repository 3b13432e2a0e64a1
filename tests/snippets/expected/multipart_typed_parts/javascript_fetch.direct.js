// Choose raw in the page's file input, in this order.
const { files } = document.querySelector('input[type="file"]');

const response = await fetch('https://api.stripe.com/v1/things', {
  method: 'POST',
  headers: {
    'Content-Type': 'multipart/form-data; boundary=boundary-1f',
  },
  body: new Blob([
    new TextEncoder().encode('--boundary-1f\r\nContent-Disposition: form-data; name="meta"\r\nContent-Type: application/json\r\nX-Part: 1\r\n\r\n{"a":1}\r\n--boundary-1f\r\nContent-Disposition: form-data; name="f"; filename="raw"\r\n\r\n'),
    files[0],
    Uint8Array.from(atob('DQotLWJvdW5kYXJ5LTFmLS0NCg=='), (byte) => byte.charCodeAt(0)),
  ]),
});

console.log(response.status, await response.text());
