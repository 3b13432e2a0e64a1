use strict;
use warnings;
use HTTP::Tiny;  # with IO::Socket::SSL for https

my $response = HTTP::Tiny->new->request('POST', 'https://api.stripe.com/v1/things', {
    headers => {
        'Content-Type' => 'application/x-www-form-urlencoded',
    },
    content => 'tags=a+b&tags=c%26d&amp=x%26y%3Dz%2Bw&empty=&7=7',
});
print "$response->{status} $response->{content}\n";
