use strict;
use warnings;
use HTTP::Tiny;  # with IO::Socket::SSL for https

my $response = HTTP::Tiny->new->request('DELETE', 'https://api.stripe.com/v1/things?id=1&id=2&by=a-b_c.d');
print "$response->{status} $response->{content}\n";
