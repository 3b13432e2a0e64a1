use strict;
use warnings;
use HTTP::Tiny;  # with IO::Socket::SSL for https

my $response = HTTP::Tiny->new->request('POST', 'https://api.stripe.com/v1/things', {
    headers => {
        'Content-Type' => 'text/plain; charset=utf-8',
    },
    content => '=1+1',
});
print "$response->{status} $response->{content}\n";
