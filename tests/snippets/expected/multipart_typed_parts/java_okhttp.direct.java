// Needs: com.squareup.okhttp3:okhttp, version 4.
// Reads raw from the folder it is run in.
import java.nio.file.Files;
import java.nio.file.Path;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;

public class Main {
    public static void main(String[] args) throws Exception {
        Buffer content = new Buffer()
                .writeUtf8("--boundary-1f\r\n" +
                        "Content-Disposition: form-data; name=\"meta\"\r\n" +
                        "Content-Type: application/json\r\n" +
                        "X-Part: 1\r\n" +
                        "\r\n" +
                        "{\"a\":1}\r\n" +
                        "--boundary-1f\r\n" +
                        "Content-Disposition: form-data; name=\"f\"; filename=\"raw\"\r\n" +
                        "\r\n")
                .write(Files.readAllBytes(Path.of("raw")))
                .writeUtf8("\r\n" +
                        "--boundary-1f--\r\n");
        RequestBody body = RequestBody.create(MediaType.get("multipart/form-data; boundary=boundary-1f"), content.readByteArray());

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
