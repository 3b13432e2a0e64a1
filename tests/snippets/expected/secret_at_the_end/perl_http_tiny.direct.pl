use strict;
use warnings;
use HTTP::Tiny;  # with IO::Socket::SSL for https

sub encoded {
    my ($text) = @_;
    $text =~ s/([^A-Za-z0-9._~-])/sprintf '%%%02X', ord $1/ge;
    return $text;
}

my $response = HTTP::Tiny->new->request('DELETE', 'https://api.stripe.com/v1/keys?limit=3&key=' . encoded($ENV{MAPS_KEY}) . '&passwd=' . encoded($ENV{STRIPE_PASSWD}));
print "$response->{status} $response->{content}\n";
