using System;
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
                "Content-Disposition: form-data; name=\"title\"\r\n" +
                "\r\n" +
                "It's $HOME\r\n" +
                "--boundary-1f\r\n" +
                "Content-Disposition: form-data; name=\"at\"\r\n" +
                "\r\n" +
                "@/etc/passwd;type=x\r\n" +
                "--boundary-1f\r\n" +
                "Content-Disposition: form-data; name=\"empty\"\r\n" +
                "\r\n" +
                "\r\n" +
                "--boundary-1f--\r\n"));
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=boundary-1f");

        var response = await client.SendAsync(request);
        Console.WriteLine((int)response.StatusCode);
        Console.WriteLine(await response.Content.ReadAsStringAsync());
    }
}
