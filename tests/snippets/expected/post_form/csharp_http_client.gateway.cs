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
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Environment.GetEnvironmentVariable("STRIPE_API_KEY"));

        var body = @"{
  ""session"": ""cs_test_a1B2c3"",
  ""line_items"": [
    {
      ""quantity"": 2,
      ""price_data"": {
        ""currency"": ""usd"",
        ""unit_amount"": 1500,
        ""product"": ""prod_123""
      }
    }
  ],
  ""metadata"": {
    ""order"": ""6735""
  }
}";
        request.Content = new StringContent(body);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json");

        var response = await client.SendAsync(request);
        Console.WriteLine((int)response.StatusCode);
        Console.WriteLine(await response.Content.ReadAsStringAsync());
    }
}
