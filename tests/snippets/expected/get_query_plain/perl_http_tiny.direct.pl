use strict;
use warnings;
use HTTP::Tiny;  # with IO::Socket::SSL for https

my $response = HTTP::Tiny->new->request('GET', 'https://api.stripe.com/v1/customers?limit=3&starting_after=cus_1', {
    headers => {
        'Authorization' => "Bearer $ENV{STRIPE_API_KEY}",
    },
});
print "$response->{status} $response->{content}\n";
