// Reads my_photo.png from the folder it is run in.
using System;
using System.IO;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;

class Program
{
    static async Task Main()
    {
        var client = new HttpClient();
        var request = new HttpRequestMessage(HttpMethod.Put, "https://api.stripe.com/v1/things");

        request.Content = new StreamContent(File.OpenRead("my_photo.png"));
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("image/png");

        var response = await client.SendAsync(request);
        Console.WriteLine((int)response.StatusCode);
        Console.WriteLine(await response.Content.ReadAsStringAsync());
    }
}
