import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

public class Main {
    public static void main(String[] args) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://api.stripe.com/v1/things"))
                .header("X-Client-Secret", System.getenv("STRIPE_API_KEY"))
                .header("X-Page", "2")
                .header("Cookie", "theme=dark; token=" + System.getenv("MAPS_KEY") + "; a=b")
                .GET()
                .build();

        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString());
        System.out.println(response.statusCode());
        System.out.println(response.body());
    }
}
