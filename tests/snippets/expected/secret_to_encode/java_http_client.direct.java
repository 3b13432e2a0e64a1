import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

public class Main {
    public static void main(String[] args) throws Exception {
        String body = """
                {"q":1}""";

        HttpRequest request = HttpRequest.newBuilder(URI.create("https://api.stripe.com/v1/pins/" + URLEncoder.encode(System.getenv("STRIPE_PIN"), StandardCharsets.UTF_8).replace("+", "%20") + "?pin=" + URLEncoder.encode(System.getenv("STRIPE_QUERY_PIN"), StandardCharsets.UTF_8) + "&page=2"))
                .header("Authorization", "Bearer " + System.getenv("STRIPE_API_KEY"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();

        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString());
        System.out.println(response.statusCode());
        System.out.println(response.body());
    }
}
