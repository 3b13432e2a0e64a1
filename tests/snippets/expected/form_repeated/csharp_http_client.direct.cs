using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading.Tasks;

class Program
{
    static async Task Main()
    {
        var client = new HttpClient();
        var request = new HttpRequestMessage(HttpMethod.Post, "https://api.stripe.com/v1/things");

        request.Content = new FormUrlEncodedContent(new[]
        {
            new KeyValuePair<string, string>("tags", "a b"),
            new KeyValuePair<string, string>("tags", "c&d"),
            new KeyValuePair<string, string>("amp", "x&y=z+w"),
            new KeyValuePair<string, string>("empty", ""),
            new KeyValuePair<string, string>("7", "7"),
        });

        var response = await client.SendAsync(request);
        Console.WriteLine((int)response.StatusCode);
        Console.WriteLine(await response.Content.ReadAsStringAsync());
    }
}
