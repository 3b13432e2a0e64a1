import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

public class Main {
    public static void main(String[] args) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://api.stripe.com/v1/keys/" + URLEncoder.encode(System.getenv("STRIPE_PASSWD"), StandardCharsets.UTF_8).replace("+", "%20") + "/uses;by=a?limit=3&passwd=" + URLEncoder.encode(System.getenv("MAPS_KEY"), StandardCharsets.UTF_8) + "&page=2"))
                .GET()
                .build();

        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString());
        System.out.println(response.statusCode());
        System.out.println(response.body());
    }
}
