// Needs: com.squareup.okhttp3:okhttp, version 4.
import java.nio.charset.StandardCharsets;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

public class Main {
    public static void main(String[] args) throws Exception {
        Request request = new Request.Builder()
                .url("https://api.stripe.com/v1/things")
                .header("Authorization", Credentials.basic(System.getenv("STRIPE_USERNAME"), System.getenv("STRIPE_PASSWORD"), StandardCharsets.UTF_8))
                .get()
                .build();

        try (Response response = new OkHttpClient().newCall(request).execute()) {
            System.out.println(response.code());
            System.out.println(response.body().string());
        }
    }
}
