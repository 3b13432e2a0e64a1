use strict;
use warnings;
use HTTP::Tiny;  # with IO::Socket::SSL for https

my $response = HTTP::Tiny->new->request('GET', 'https://api.stripe.com/v1/things', {
    headers => {
        'X-Client-Secret' => $ENV{STRIPE_API_KEY},
        'X-Page' => '2',
        'Cookie' => "theme=dark; token=$ENV{MAPS_KEY}; a=b",
    },
});
print "$response->{status} $response->{content}\n";
