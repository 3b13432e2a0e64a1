# Reads txt from the folder it is run in.
use strict;
use warnings;
use HTTP::Tiny;  # with IO::Socket::SSL for https

sub slurp {
    open my $file, '<:raw', $_[0] or die "$_[0]: $!";
    local $/;
    return scalar <$file>;
}

my $response = HTTP::Tiny->new->request('POST', 'https://api.stripe.com/v1/things', {
    headers => {
        'Content-Type' => 'multipart/form-data; boundary=boundary-1f',
    },
    content => "--boundary-1f\r\nContent-Disposition: form-data; name=\"f\"; filename=\"he%22l'lo;\$(touch canary)`touch canary`\\.txt\"\r\nContent-Type: text/plain\r\n\r\n"
        . slurp('txt')
        . "\r\n--boundary-1f--\r\n",
});
print "$response->{status} $response->{content}\n";
