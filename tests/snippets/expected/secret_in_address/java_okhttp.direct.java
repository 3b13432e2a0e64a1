// Needs: com.squareup.okhttp3:okhttp, version 4.
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

public class Main {
    public static void main(String[] args) throws Exception {
        Request request = new Request.Builder()
                .url("https://api.stripe.com/v1/keys/" + URLEncoder.encode(System.getenv("STRIPE_PASSWD"), StandardCharsets.UTF_8).replace("+", "%20") + "/uses;by=a?limit=3&passwd=" + URLEncoder.encode(System.getenv("MAPS_KEY"), StandardCharsets.UTF_8) + "&page=2")
                .get()
                .build();

        try (Response response = new OkHttpClient().newCall(request).execute()) {
            System.out.println(response.code());
            System.out.println(response.body().string());
        }
    }
}
