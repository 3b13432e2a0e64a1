// System.Uri rewrites parts of this address: dot segments, escapes it finds needless or missing.
using System;
using System.Net.Http;
using System.Threading.Tasks;

class Program
{
    static async Task Main()
    {
        var client = new HttpClient();
        var request = new HttpRequestMessage(HttpMethod.Get, "https://api.stripe.com/v1/search?expand%5B%5D=data.customer&filter%5Bstatus%5D=%C3%A9%26%3D&note=%23%27");

        var response = await client.SendAsync(request);
        Console.WriteLine((int)response.StatusCode);
        Console.WriteLine(await response.Content.ReadAsStringAsync());
    }
}
