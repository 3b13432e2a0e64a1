# HTTP::Tiny adds a Content-Type of its own: application/octet-stream.
use strict;
use warnings;
use HTTP::Tiny;  # with IO::Socket::SSL for https

my $response = HTTP::Tiny->new->request('POST', 'https://api.stripe.com/v1/things', {
    content => 'no type',
});
print "$response->{status} $response->{content}\n";
