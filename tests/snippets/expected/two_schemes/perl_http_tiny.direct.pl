use strict;
use warnings;
use HTTP::Tiny;  # with IO::Socket::SSL for https

sub encoded {
    my ($text) = @_;
    $text =~ s/([^A-Za-z0-9._~-])/sprintf '%%%02X', ord $1/ge;
    return $text;
}

my $response = HTTP::Tiny->new->request('GET', 'https://api.stripe.com/v1/things?key=' . encoded($ENV{MAPS_KEY}), {
    headers => {
        'Authorization' => "Bearer $ENV{STRIPE_API_KEY}",
        'X-Key' => $ENV{MAPS_KEY},
    },
});
print "$response->{status} $response->{content}\n";
