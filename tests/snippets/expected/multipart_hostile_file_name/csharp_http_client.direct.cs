// Reads txt from the folder it is run in.
using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading.Tasks;

class Program
{
    static async Task Main()
    {
        var client = new HttpClient();
        var request = new HttpRequestMessage(HttpMethod.Post, "https://api.stripe.com/v1/things");

        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes("--boundary-1f\r\n" +
                "Content-Disposition: form-data; name=\"f\"; filename=\"he%22l'lo;$(touch canary)`touch canary`\\.txt\"\r\n" +
                "Content-Type: text/plain\r\n" +
                "\r\n")
            .Concat(File.ReadAllBytes("txt"))
            .Concat(Encoding.UTF8.GetBytes("\r\n" +
                "--boundary-1f--\r\n"))
            .ToArray());
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=boundary-1f");

        var response = await client.SendAsync(request);
        Console.WriteLine((int)response.StatusCode);
        Console.WriteLine(await response.Content.ReadAsStringAsync());
    }
}
