use strict;
use warnings;
use HTTP::Tiny;  # with IO::Socket::SSL for https

my $response = HTTP::Tiny->new->request('POST', 'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession', {
    headers => {
        'Content-Type' => 'application/json',
        'Authorization' => "Bearer $ENV{STRIPE_API_KEY}",
    },
    content => '{"session":"cs_test_a1B2c3","line_items":[{"quantity":2,"price_data":{"currency":"usd","unit_amount":1500,"product":"prod_123"}}],"metadata":{"order":"6735"}}',
});
print "$response->{status} $response->{content}\n";
