// This is the wrapped form of a call, which gateways other than Playground's may not know.
// A secret with a quotation mark or backslash in it must be escaped as in JSON.
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
  ""args"": {
    ""q"": ""it's""
  },
  ""credential"": {
    ""type"": ""bearer_token"",
    ""token"": """ + Environment.GetEnvironmentVariable("STRIPE_API_KEY") + @"""
  },
  ""options"": {
    ""server"": ""https://eu.example.com/v1"",
    ""media_type"": ""text/plain""
  }
}";
        request.Content = new StringContent(body);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json");

        var response = await client.SendAsync(request);
        Console.WriteLine((int)response.StatusCode);
        Console.WriteLine(await response.Content.ReadAsStringAsync());
    }
}
