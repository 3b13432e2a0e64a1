use strict;
use warnings;
use HTTP::Tiny;  # with IO::Socket::SSL for https

my $response = HTTP::Tiny->new->request('POST', 'https://api.stripe.com/v1/things', {
    headers => {
        'Content-Type' => 'application/json',
    },
    content => '{}',
});
print "$response->{status} $response->{content}\n";
