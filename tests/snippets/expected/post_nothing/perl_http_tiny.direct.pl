use strict;
use warnings;
use HTTP::Tiny;  # with IO::Socket::SSL for https

my $response = HTTP::Tiny->new->request('POST', 'https://api.stripe.com/v1/things', {
    headers => {
        'Authorization' => "Bearer $ENV{STRIPE_API_KEY}",
        'Content-Length' => 0,
    },
});
print "$response->{status} $response->{content}\n";
