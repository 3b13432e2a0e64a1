use strict;
use warnings;
use HTTP::Tiny;  # with IO::Socket::SSL for https

my $response = HTTP::Tiny->new->request('GET', 'https://api.stripe.com/v1/things', {
    headers => {
        'X-Key' => $ENV{MAPS_KEY},
    },
});
print "$response->{status} $response->{content}\n";
