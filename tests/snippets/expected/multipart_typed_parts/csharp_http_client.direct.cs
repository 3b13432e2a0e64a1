// Reads raw from the folder it is run in.
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
                "Content-Disposition: form-data; name=\"meta\"\r\n" +
                "Content-Type: application/json\r\n" +
                "X-Part: 1\r\n" +
                "\r\n" +
                "{\"a\":1}\r\n" +
                "--boundary-1f\r\n" +
                "Content-Disposition: form-data; name=\"f\"; filename=\"raw\"\r\n" +
                "\r\n")
            .Concat(File.ReadAllBytes("raw"))
            .Concat(Encoding.UTF8.GetBytes("\r\n" +
                "--boundary-1f--\r\n"))
            .ToArray());
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=boundary-1f");

        var response = await client.SendAsync(request);
        Console.WriteLine((int)response.StatusCode);
        Console.WriteLine(await response.Content.ReadAsStringAsync());
    }
}
