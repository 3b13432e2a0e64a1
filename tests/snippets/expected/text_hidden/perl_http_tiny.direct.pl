use strict;
use warnings;
use HTTP::Tiny;  # with IO::Socket::SSL for https

my $response = HTTP::Tiny->new->request('POST', 'https://api.stripe.com/v1/things', {
    headers => {
        'Content-Type' => 'text/plain; charset=utf-8',
    },
    content => "a\x{E2}\x{80}\x{AE}b\x{E2}\x{80}\x{8B}c\x{C2}\x{A0}d\x{EF}\x{BB}\x{BF}\t\e[2J\r\n\x{00}\x{7F}a\x{E2}\x{80}\x{AE}b\x{E2}\x{80}\x{8B}c\x{C2}\x{A0}d\x{EF}\x{BB}\x{BF}",
});
print "$response->{status} $response->{content}\n";
