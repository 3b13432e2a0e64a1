use strict;
use warnings;
use HTTP::Tiny;  # with IO::Socket::SSL for https

my $response = HTTP::Tiny->new->request('POST', 'https://api.stripe.com/v1/checkout/sessions/cs_test_a1B2c3', {
    headers => {
        'Authorization' => "Bearer $ENV{STRIPE_API_KEY}",
        'Content-Type' => 'application/x-www-form-urlencoded',
    },
    content => join('&',
        'line_items%5B0%5D%5Bprice_data%5D%5Bcurrency%5D=usd',
        'line_items%5B0%5D%5Bprice_data%5D%5Bunit_amount%5D=1500',
        'line_items%5B0%5D%5Bquantity%5D=2',
        'metadata%5Border%5D=6735',
    ),
});
print "$response->{status} $response->{content}\n";
