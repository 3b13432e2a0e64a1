using System;
using System.Net.Http;
using System.Threading.Tasks;

class Program
{
    static async Task Main()
    {
        var client = new HttpClient();
        var request = new HttpRequestMessage(HttpMethod.Get, "https://api.stripe.com/v1/keys/" + Uri.EscapeDataString(Environment.GetEnvironmentVariable("STRIPE_PASSWD")) + "/uses;by=a?limit=3&passwd=" + Uri.EscapeDataString(Environment.GetEnvironmentVariable("MAPS_KEY")) + "&page=2");

        var response = await client.SendAsync(request);
        Console.WriteLine((int)response.StatusCode);
        Console.WriteLine(await response.Content.ReadAsStringAsync());
    }
}
