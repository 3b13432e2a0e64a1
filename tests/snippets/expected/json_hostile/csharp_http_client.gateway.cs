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

        var body = "{\n" +
    "  \"__proto__\": {\n" +
    "    \"a\": 1\n" +
    "  },\n" +
    "  \"'\\\"\\\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\\\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a\": \"'\\\"\\\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\\\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a\",\n" +
    "  \"2\": \"index\",\n" +
    "  \"10\": null,\n" +
    "  \"1\": true,\n" +
    "  \"line\\r\\nend\": \"\u2028\u2029\\t\\u001b[31m\u007F\",\n" +
    "  \"bidi\": \"a\u202Eb\u200Bc\u00A0d\uFEFF\",\n" +
    "  \"emoji\": \"🎉 ❤\uFE0F é 漢字\",\n" +
    "  \"delete\": [\n" +
    "    [],\n" +
    "    {},\n" +
    "    \"\",\n" +
    "    false\n" +
    "  ],\n" +
    "  \"constructor\": -1.5\n" +
    "}";
        request.Content = new StringContent(body);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json");

        var response = await client.SendAsync(request);
        Console.WriteLine((int)response.StatusCode);
        Console.WriteLine(await response.Content.ReadAsStringAsync());
    }
}
