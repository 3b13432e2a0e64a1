use strict;
use warnings;
use HTTP::Tiny;  # with IO::Socket::SSL for https

my $response = HTTP::Tiny->new->request('POST', 'http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession', {
    headers => {
        'Content-Type' => 'application/json',
    },
    content => "{\"__proto__\":{\"a\":1},\"'\\\"\\\\ `touch canary` \$HOME \$(touch canary) \${process.exit(3)} #{x} {{}} %s %d \\\\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a\":\"'\\\"\\\\ `touch canary` \$HOME \$(touch canary) \${process.exit(3)} #{x} {{}} %s %d \\\\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a\",\"2\":\"index\",\"10\":null,\"1\":true,\"line\\r\\nend\":\"\x{E2}\x{80}\x{A8}\x{E2}\x{80}\x{A9}\\t\\u001b[31m\x{7F}\",\"bidi\":\"a\x{E2}\x{80}\x{AE}b\x{E2}\x{80}\x{8B}c\x{C2}\x{A0}d\x{EF}\x{BB}\x{BF}\",\"emoji\":\"🎉 ❤\x{EF}\x{B8}\x{8F} é 漢字\",\"delete\":[[],{},\"\",false],\"constructor\":-1.5}",
});
print "$response->{status} $response->{content}\n";
