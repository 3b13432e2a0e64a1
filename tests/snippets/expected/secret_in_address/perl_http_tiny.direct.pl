use strict;
use warnings;
use HTTP::Tiny;  # with IO::Socket::SSL for https

sub encoded {
    my ($text) = @_;
    $text =~ s/([^A-Za-z0-9._~-])/sprintf '%%%02X', ord $1/ge;
    return $text;
}

my $response = HTTP::Tiny->new->request('GET', 'https://api.stripe.com/v1/keys/' . encoded($ENV{STRIPE_PASSWD}) . '/uses;by=a?limit=3&passwd=' . encoded($ENV{MAPS_KEY}) . '&page=2');
print "$response->{status} $response->{content}\n";
