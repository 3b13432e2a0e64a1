use strict;
use warnings;
use HTTP::Tiny;  # with IO::Socket::SSL for https

my $response = HTTP::Tiny->new->request('POST', 'https://api.stripe.com/v1/things', {
    headers => {
        'Content-Type' => 'application/x-www-form-urlencoded',
    },
    content => 'line_items[0][price_data][currency]=usd&line_items[0][quantity]=2&name=It%27s&&',
});
print "$response->{status} $response->{content}\n";
