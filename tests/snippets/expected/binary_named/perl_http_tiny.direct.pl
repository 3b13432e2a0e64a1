# Reads my_photo.png from the folder it is run in.
use strict;
use warnings;
use HTTP::Tiny;  # with IO::Socket::SSL for https

sub slurp {
    open my $file, '<:raw', $_[0] or die "$_[0]: $!";
    local $/;
    return scalar <$file>;
}

my $response = HTTP::Tiny->new->request('PUT', 'https://api.stripe.com/v1/things', {
    headers => {
        'Content-Type' => 'image/png',
    },
    content => slurp('my_photo.png'),
});
print "$response->{status} $response->{content}\n";
