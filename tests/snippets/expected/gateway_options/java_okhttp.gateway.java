// This is the wrapped form of a call, which gateways other than Playground's may not know.
// Needs: com.squareup.okhttp3:okhttp, version 4.
// A secret with a quotation mark or backslash in it must be escaped as in JSON.
import java.nio.charset.StandardCharsets;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

public class Main {
    public static void main(String[] args) throws Exception {
        String json = """
                {
                  "args": {
                    "q": "it's"
                  },
                  "credential": {
                    "type": "bearer_token",
                    "token": "%s"
                  },
                  "options": {
                    "server": "https://eu.example.com/v1",
                    "media_type": "text/plain"
                  }
                }""".formatted(System.getenv("STRIPE_API_KEY"));
        RequestBody body = RequestBody.create(MediaType.get("application/json"), json.getBytes(StandardCharsets.UTF_8));

        Request request = new Request.Builder()
                .url("http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession")
                .post(body)
                .build();

        try (Response response = new OkHttpClient().newCall(request).execute()) {
            System.out.println(response.code());
            System.out.println(response.body().string());
        }
    }
}
