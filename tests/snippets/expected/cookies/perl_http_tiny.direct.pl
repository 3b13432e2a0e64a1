use strict;
use warnings;
use HTTP::Tiny;  # with IO::Socket::SSL for https

my $response = HTTP::Tiny->new->request('GET', 'https://api.stripe.com/v1/things', {
    headers => {
        'Cookie' => 'theme=dark; it=it\'s; list=%5B%22a%22%5D; $x=`y`',
    },
});
print "$response->{status} $response->{content}\n";
