use strict;
use warnings;
use HTTP::Tiny;  # with IO::Socket::SSL for https

my $response = HTTP::Tiny->new->request('POST', 'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession', {
    headers => {
        'Content-Type' => 'application/json',
    },
    content => '{}',
});
print "$response->{status} $response->{content}\n";
