// This is the wrapped form of a call, which gateways other than Playground's may not know.
// A secret with a quotation mark or backslash in it must be escaped as in JSON.
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

public class Main {
    public static void main(String[] args) throws Exception {
        String body = """
                {
                  "args": {
                    "q": "it's"
                  },
                  "credential": {
                    "type": "bearer_token",
                    "token": "%s"
                  },
                  "options": {
                    "server": "https://eu.example.com/v1",
                    "media_type": "text/plain"
                  }
                }""".formatted(System.getenv("STRIPE_API_KEY"));

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
