// Needs: com.squareup.okhttp3:okhttp, version 4.
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

public class Main {
    public static void main(String[] args) throws Exception {
        Request request = new Request.Builder()
                .url("https://api.stripe.com/v1/things")
                .header("X-Client-Secret", System.getenv("STRIPE_API_KEY"))
                .header("X-Page", "2")
                .header("Cookie", "theme=dark; token=" + System.getenv("MAPS_KEY") + "; a=b")
                .get()
                .build();

        try (Response response = new OkHttpClient().newCall(request).execute()) {
            System.out.println(response.code());
            System.out.println(response.body().string());
        }
    }
}
