import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

public class Main {
    public static void main(String[] args) throws Exception {
        String body = String.join("&",
                "line_items%5B0%5D%5Bprice_data%5D%5Bcurrency%5D=usd",
                "line_items%5B0%5D%5Bprice_data%5D%5Bunit_amount%5D=1500",
                "line_items%5B0%5D%5Bquantity%5D=2",
                "metadata%5Border%5D=6735");

        HttpRequest request = HttpRequest.newBuilder(URI.create("https://api.stripe.com/v1/checkout/sessions/cs_test_a1B2c3"))
                .header("Authorization", "Bearer " + System.getenv("STRIPE_API_KEY"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();

        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString());
        System.out.println(response.statusCode());
        System.out.println(response.body());
    }
}
