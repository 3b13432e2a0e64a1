use strict;
use warnings;
use HTTP::Tiny;  # with IO::Socket::SSL for https

my $response = HTTP::Tiny->new->request('POST', 'https://api.stripe.com/v1/things', {
    headers => {
        'Content-Type' => 'application/json',
    },
    content => '{"name":"Ada","tags":["a","b"],"none":null,"yes":true}',
});
print "$response->{status} $response->{content}\n";
