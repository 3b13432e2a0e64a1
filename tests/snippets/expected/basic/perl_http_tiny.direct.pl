use strict;
use warnings;
use HTTP::Tiny;  # with IO::Socket::SSL for https
use MIME::Base64;

my $response = HTTP::Tiny->new->request('GET', 'https://api.stripe.com/v1/things', {
    headers => {
        'Authorization' => 'Basic ' . encode_base64("$ENV{STRIPE_USERNAME}:$ENV{STRIPE_PASSWORD}", ''),
    },
});
print "$response->{status} $response->{content}\n";
