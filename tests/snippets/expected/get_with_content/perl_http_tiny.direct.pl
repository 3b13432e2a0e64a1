use strict;
use warnings;
use HTTP::Tiny;  # with IO::Socket::SSL for https

my $response = HTTP::Tiny->new->request('GET', 'https://api.stripe.com/v1/things', {
    headers => {
        'Content-Type' => 'application/json',
    },
    content => '{"q":1}',
});
print "$response->{status} $response->{content}\n";
