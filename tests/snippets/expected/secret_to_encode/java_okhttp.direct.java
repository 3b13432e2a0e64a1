// Needs: com.squareup.okhttp3:okhttp, version 4.
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

public class Main {
    public static void main(String[] args) throws Exception {
        String json = """
                {"q":1}""";
        RequestBody body = RequestBody.create(MediaType.get("application/json"), json.getBytes(StandardCharsets.UTF_8));

        Request request = new Request.Builder()
                .url("https://api.stripe.com/v1/pins/" + URLEncoder.encode(System.getenv("STRIPE_PIN"), StandardCharsets.UTF_8).replace("+", "%20") + "?pin=" + URLEncoder.encode(System.getenv("STRIPE_QUERY_PIN"), StandardCharsets.UTF_8) + "&page=2")
                .header("Authorization", "Bearer " + System.getenv("STRIPE_API_KEY"))
                .post(body)
                .build();

        try (Response response = new OkHttpClient().newCall(request).execute()) {
            System.out.println(response.code());
            System.out.println(response.body().string());
        }
    }
}
