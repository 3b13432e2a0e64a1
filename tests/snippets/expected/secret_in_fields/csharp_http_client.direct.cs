using System;
using System.Net.Http;
using System.Threading.Tasks;

class Program
{
    static async Task Main()
    {
        var client = new HttpClient();
        var request = new HttpRequestMessage(HttpMethod.Get, "https://api.stripe.com/v1/things");
        request.Headers.TryAddWithoutValidation("X-Client-Secret", Environment.GetEnvironmentVariable("STRIPE_API_KEY"));
        request.Headers.TryAddWithoutValidation("X-Page", "2");
        request.Headers.TryAddWithoutValidation("Cookie", "theme=dark; token=" + Environment.GetEnvironmentVariable("MAPS_KEY") + "; a=b");

        var response = await client.SendAsync(request);
        Console.WriteLine((int)response.StatusCode);
        Console.WriteLine(await response.Content.ReadAsStringAsync());
    }
}
