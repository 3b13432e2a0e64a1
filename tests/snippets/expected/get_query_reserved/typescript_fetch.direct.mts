const response = await fetch('https://api.stripe.com/v1/things?filter[a]=1,2&set={x}|y&path=a/b?c:@!$()*;');

const answer: string = await response.text();
console.log(response.status, answer);
