// Needs: com.squareup.okhttp3:okhttp, version 4.
import java.nio.charset.StandardCharsets;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

public class Main {
    public static void main(String[] args) throws Exception {
        String json = """
                {"a":"\\ud800","slash":"\\/","e":"\\u00e9"}""";
        RequestBody body = RequestBody.create(MediaType.get("application/json"), json.getBytes(StandardCharsets.UTF_8));

        Request request = new Request.Builder()
                .url("https://api.stripe.com/v1/things")
                .post(body)
                .build();

        try (Response response = new OkHttpClient().newCall(request).execute()) {
            System.out.println(response.code());
            System.out.println(response.body().string());
        }
    }
}
