// Needs: com.squareup.okhttp3:okhttp, version 4.
// Reads my_photo.png from the folder it is run in.
import java.io.File;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

public class Main {
    public static void main(String[] args) throws Exception {
        RequestBody body = RequestBody.create(MediaType.get("image/png"), new File("my_photo.png"));

        Request request = new Request.Builder()
                .url("https://api.stripe.com/v1/things")
                .put(body)
                .build();

        try (Response response = new OkHttpClient().newCall(request).execute()) {
            System.out.println(response.code());
            System.out.println(response.body().string());
        }
    }
}
