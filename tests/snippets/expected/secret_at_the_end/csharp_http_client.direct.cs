using System;
using System.Net.Http;
using System.Threading.Tasks;

class Program
{
    static async Task Main()
    {
        var client = new HttpClient();
        var request = new HttpRequestMessage(HttpMethod.Delete, "https://api.stripe.com/v1/keys?limit=3&key=" + Uri.EscapeDataString(Environment.GetEnvironmentVariable("MAPS_KEY")) + "&passwd=" + Uri.EscapeDataString(Environment.GetEnvironmentVariable("STRIPE_PASSWD")));

        var response = await client.SendAsync(request);
        Console.WriteLine((int)response.StatusCode);
        Console.WriteLine(await response.Content.ReadAsStringAsync());
    }
}
