# HTTP::Tiny sends only ASCII in header fields; left out here: X-Accents.
use strict;
use warnings;
use HTTP::Tiny;  # with IO::Socket::SSL for https

my $response = HTTP::Tiny->new->request('GET', 'https://api.stripe.com/v1/things', {
    headers => {
        'X-Empty' => '',
        'X-Semicolon' => ';',
        'X-Quotes' => '\'"\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a',
        'x-Lower' => '@file',
        '1-Digit' => '2',
        'X-Comma' => 'a, b',
        'X-Back' => '\\',
    },
});
print "$response->{status} $response->{content}\n";
