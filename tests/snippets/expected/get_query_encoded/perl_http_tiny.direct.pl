use strict;
use warnings;
use HTTP::Tiny;  # with IO::Socket::SSL for https

my $response = HTTP::Tiny->new->request('GET', 'https://api.stripe.com/v1/search?expand%5B%5D=data.customer&filter%5Bstatus%5D=%C3%A9%26%3D&note=%23%27');
print "$response->{status} $response->{content}\n";
