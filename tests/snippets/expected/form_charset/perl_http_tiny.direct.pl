use strict;
use warnings;
use HTTP::Tiny;  # with IO::Socket::SSL for https

my $response = HTTP::Tiny->new->request('POST', 'https://api.stripe.com/v1/things', {
    headers => {
        'Content-Type' => 'application/x-www-form-urlencoded; charset=utf-8',
    },
    content => 'a=%C3%A9',
});
print "$response->{status} $response->{content}\n";
