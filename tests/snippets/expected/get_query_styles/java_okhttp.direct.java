// Needs: com.squareup.okhttp3:okhttp, version 4.
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

public class Main {
    public static void main(String[] args) throws Exception {
        Request request = new Request.Builder()
                .url("https://api.stripe.com/v1/things?order=2&pipes=a%7Cb&spaces=a%20b&commas=a,b&order=1&deep%5Ba%5D%5Bb%5D=c")
                .get()
                .build();

        try (Response response = new OkHttpClient().newCall(request).execute()) {
            System.out.println(response.code());
            System.out.println(response.body().string());
        }
    }
}
