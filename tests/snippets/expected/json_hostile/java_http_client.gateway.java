import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

public class Main {
    public static void main(String[] args) throws Exception {
        String body = "{\n" +
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

        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();

        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString());
        System.out.println(response.statusCode());
        System.out.println(response.body());
    }
}
