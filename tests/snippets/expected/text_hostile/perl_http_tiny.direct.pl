use strict;
use warnings;
use HTTP::Tiny;  # with IO::Socket::SSL for https

my $response = HTTP::Tiny->new->request('POST', 'https://api.stripe.com/v1/things', {
    headers => {
        'Content-Type' => 'text/plain; charset=utf-8',
    },
    content => '\'"\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a',
});
print "$response->{status} $response->{content}\n";
