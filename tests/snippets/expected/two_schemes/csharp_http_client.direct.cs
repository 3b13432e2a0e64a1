using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;

class Program
{
    static async Task Main()
    {
        var client = new HttpClient();
        var request = new HttpRequestMessage(HttpMethod.Get, "https://api.stripe.com/v1/things?key=" + Uri.EscapeDataString(Environment.GetEnvironmentVariable("MAPS_KEY")));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Environment.GetEnvironmentVariable("STRIPE_API_KEY"));
        request.Headers.TryAddWithoutValidation("X-Key", Environment.GetEnvironmentVariable("MAPS_KEY"));

        var response = await client.SendAsync(request);
        Console.WriteLine((int)response.StatusCode);
        Console.WriteLine(await response.Content.ReadAsStringAsync());
    }
}
