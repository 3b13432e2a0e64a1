// Needs: com.squareup.okhttp3:okhttp, version 4.
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

public class Main {
    public static void main(String[] args) throws Exception {
        Request request = new Request.Builder()
                .url("https://api.stripe.com/v1/things")
                .headers(new Headers.Builder().addUnsafeNonAscii("X-Accents", "é 漢").build())
                .header("X-Empty", "")
                .header("X-Semicolon", ";")
                .header("X-Quotes", "'\"\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a")
                .header("x-Lower", "@file")
                .header("1-Digit", "2")
                .header("X-Comma", "a, b")
                .header("X-Back", "\\")
                .get()
                .build();

        try (Response response = new OkHttpClient().newCall(request).execute()) {
            System.out.println(response.code());
            System.out.println(response.body().string());
        }
    }
}
