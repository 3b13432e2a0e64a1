use strict;
use warnings;
use HTTP::Tiny;  # with IO::Socket::SSL for https

my $response = HTTP::Tiny->new->request('PATCH', 'https://api.stripe.com/v1/things', {
    headers => {
        'Authorization' => "Bearer $ENV{STRIPE_API_KEY}",
        'Content-Type' => 'application/json',
    },
    content => '{"name":"Zoë"}',
});
print "$response->{status} $response->{content}\n";
