use strict;
use warnings;
use HTTP::Tiny;  # with IO::Socket::SSL for https

my $response = HTTP::Tiny->new->request('POST', 'https://api.stripe.com/v1/things', {
    headers => {
        'Content-Type' => 'multipart/form-data; boundary=boundary-1f',
    },
    content => "--boundary-1f\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nIt's \$HOME\r\n--boundary-1f\r\nContent-Disposition: form-data; name=\"at\"\r\n\r\n\@/etc/passwd;type=x\r\n--boundary-1f\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--boundary-1f--\r\n",
});
print "$response->{status} $response->{content}\n";
