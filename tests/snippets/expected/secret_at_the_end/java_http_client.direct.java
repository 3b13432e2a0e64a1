import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

public class Main {
    public static void main(String[] args) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://api.stripe.com/v1/keys?limit=3&key=" + URLEncoder.encode(System.getenv("MAPS_KEY"), StandardCharsets.UTF_8) + "&passwd=" + URLEncoder.encode(System.getenv("STRIPE_PASSWD"), StandardCharsets.UTF_8)))
                .DELETE()
                .build();

        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString());
        System.out.println(response.statusCode());
        System.out.println(response.body());
    }
}
