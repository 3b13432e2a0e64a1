import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

public class Main {
    public static void main(String[] args) throws Exception {
        String body = """
                {
                  "session": "cs_test_a1B2c3",
                  "line_items": [
                    {
                      "quantity": 2,
                      "price_data": {
                        "currency": "usd",
                        "unit_amount": 1500,
                        "product": "prod_123"
                      }
                    }
                  ],
                  "metadata": {
                    "order": "6735"
                  }
                }""";

        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + System.getenv("STRIPE_API_KEY"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();

        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString());
        System.out.println(response.statusCode());
        System.out.println(response.body());
    }
}
