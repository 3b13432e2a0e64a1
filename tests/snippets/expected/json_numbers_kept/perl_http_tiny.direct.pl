use strict;
use warnings;
use HTTP::Tiny;  # with IO::Socket::SSL for https

my $response = HTTP::Tiny->new->request('POST', 'https://api.stripe.com/v1/things', {
    headers => {
        'Content-Type' => 'application/json',
    },
    content => '{"small":1e-7,"large":1e+21,"plain":100,"point":0.000001,"x":9007199254740991}',
});
print "$response->{status} $response->{content}\n";
