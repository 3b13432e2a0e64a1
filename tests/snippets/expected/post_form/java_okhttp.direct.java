// Needs: com.squareup.okhttp3:okhttp, version 4.
import okhttp3.FormBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

public class Main {
    public static void main(String[] args) throws Exception {
        RequestBody body = new FormBody.Builder()
                .add("line_items[0][price_data][currency]", "usd")
                .add("line_items[0][price_data][unit_amount]", "1500")
                .add("line_items[0][quantity]", "2")
                .add("metadata[order]", "6735")
                .build();

        Request request = new Request.Builder()
                .url("https://api.stripe.com/v1/checkout/sessions/cs_test_a1B2c3")
                .header("Authorization", "Bearer " + System.getenv("STRIPE_API_KEY"))
                .post(body)
                .build();

        try (Response response = new OkHttpClient().newCall(request).execute()) {
            System.out.println(response.code());
            System.out.println(response.body().string());
        }
    }
}
