use strict;
use warnings;
use HTTP::Tiny;  # with IO::Socket::SSL for https

sub encoded {
    my ($text) = @_;
    $text =~ s/([^A-Za-z0-9._~-])/sprintf '%%%02X', ord $1/ge;
    return $text;
}

my $response = HTTP::Tiny->new->request('POST', 'https://api.stripe.com/v1/pins/' . encoded($ENV{STRIPE_PIN}) . '?pin=' . encoded($ENV{STRIPE_QUERY_PIN}) . '&page=2', {
    headers => {
        'Authorization' => "Bearer $ENV{STRIPE_API_KEY}",
        'Content-Type' => 'application/json',
    },
    content => '{"q":1}',
});
print "$response->{status} $response->{content}\n";
