// HttpClient sends header fields in ASCII; X-Accents is left out here.
using System;
using System.Net.Http;
using System.Threading.Tasks;

class Program
{
    static async Task Main()
    {
        var client = new HttpClient();
        var request = new HttpRequestMessage(HttpMethod.Get, "https://api.stripe.com/v1/things");
        request.Headers.TryAddWithoutValidation("X-Empty", "");
        request.Headers.TryAddWithoutValidation("X-Semicolon", ";");
        request.Headers.TryAddWithoutValidation("X-Quotes", "'\"\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a");
        request.Headers.TryAddWithoutValidation("x-Lower", "@file");
        request.Headers.TryAddWithoutValidation("1-Digit", "2");
        request.Headers.TryAddWithoutValidation("X-Comma", "a, b");
        request.Headers.TryAddWithoutValidation("X-Back", "\\");

        var response = await client.SendAsync(request);
        Console.WriteLine((int)response.StatusCode);
        Console.WriteLine(await response.Content.ReadAsStringAsync());
    }
}
