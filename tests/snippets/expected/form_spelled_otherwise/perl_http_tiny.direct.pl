use strict;
use warnings;
use HTTP::Tiny;  # with IO::Socket::SSL for https

my $response = HTTP::Tiny->new->request('POST', 'https://api.stripe.com/v1/things', {
    headers => {
        'Content-Type' => 'application/x-www-form-urlencoded',
    },
    content => 'a=x%20y/z\'&&b',
});
print "$response->{status} $response->{content}\n";
