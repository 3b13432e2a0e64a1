import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

public class Main {
    public static void main(String[] args) throws Exception {
        String body = "{}";

        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession"))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(
                        (System.getenv("STRIPE_USERNAME") + ":" + System.getenv("STRIPE_PASSWORD")).getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();

        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString());
        System.out.println(response.statusCode());
        System.out.println(response.body());
    }
}
