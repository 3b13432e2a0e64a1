use strict;
use warnings;
use HTTP::Tiny;  # with IO::Socket::SSL for https
use MIME::Base64;

my $response = HTTP::Tiny->new->request('POST', 'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession', {
    headers => {
        'Authorization' => 'Basic ' . encode_base64("$ENV{STRIPE_USERNAME}:$ENV{STRIPE_PASSWORD}", ''),
        'Content-Type' => 'application/json',
    },
    content => '{}',
});
print "$response->{status} $response->{content}\n";
