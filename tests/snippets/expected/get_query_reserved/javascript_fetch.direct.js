const response = await fetch('https://api.stripe.com/v1/things?filter[a]=1,2&set={x}|y&path=a/b?c:@!$()*;');

console.log(response.status, await response.text());
