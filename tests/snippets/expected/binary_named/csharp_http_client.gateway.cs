using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;

class Program
{
    static async Task Main()
    {
        var client = new HttpClient();
        var request = new HttpRequestMessage(HttpMethod.Post, "http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession");

        var body = @"{
  ""body"": {
    ""filename"": ""my photo.png"",
    ""content_type"": ""application/octet-stream"",
    ""content"": ""iVBORw0KGgoAASciJCh4Kf8=""
  }
}";
        request.Content = new StringContent(body);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json");

        var response = await client.SendAsync(request);
        Console.WriteLine((int)response.StatusCode);
        Console.WriteLine(await response.Content.ReadAsStringAsync());
    }
}
