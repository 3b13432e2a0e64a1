// Needs: com.squareup.okhttp3:okhttp, version 4.
import java.nio.charset.StandardCharsets;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

public class Main {
    public static void main(String[] args) throws Exception {
        String json = "{\"__proto__\":{\"a\":1},\"'\\\"\\\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\\\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a\":\"'\\\"\\\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\\\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a\",\"2\":\"index\",\"10\":null,\"1\":true,\"line\\r\\nend\":\"\u2028\u2029\\t\\u001b[31m\u007F\",\"bidi\":\"a\u202Eb\u200Bc\u00A0d\uFEFF\",\"emoji\":\"🎉 ❤\uFE0F é 漢字\",\"delete\":[[],{},\"\",false],\"constructor\":-1.5}";
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
