# This is the wrapped form of a call, which gateways other than Playground's may not know.
# A secret with a quotation mark or backslash in it must be escaped as in JSON.
use strict;
use warnings;
use HTTP::Tiny;  # with IO::Socket::SSL for https

my $response = HTTP::Tiny->new->request('POST', 'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession', {
    headers => {
        'Content-Type' => 'application/json',
    },
    content => "{\"args\":{\"q\":\"it's\"},\"credential\":{\"type\":\"bearer_token\",\"token\":\"$ENV{STRIPE_API_KEY}\"},\"options\":{\"server\":\"https://eu.example.com/v1\",\"media_type\":\"text/plain\"}}",
});
print "$response->{status} $response->{content}\n";
