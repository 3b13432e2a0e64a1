// Needs: com.squareup.okhttp3:okhttp, version 4.
// OkHttp 3 and 4 give each part a Content-Length.
// Reads a.txt, a_2.txt from the folder it is run in.
import java.io.File;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

public class Main {
    public static void main(String[] args) throws Exception {
        RequestBody body = new MultipartBody.Builder()
                .setType(MultipartBody.FORM)
                .addFormDataPart("f", "-a.txt",
                        RequestBody.create(MediaType.get("text/plain"), new File("a.txt")))
                .addFormDataPart("f", "-a.txt",
                        RequestBody.create(MediaType.get("text/plain"), new File("a_2.txt")))
                .build();

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
