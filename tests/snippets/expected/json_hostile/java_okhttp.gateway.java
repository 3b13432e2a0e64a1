// Needs: com.squareup.okhttp3:okhttp, version 4.
import java.nio.charset.StandardCharsets;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

public class Main {
    public static void main(String[] args) throws Exception {
        String json = "{\n" +
                "  \"__proto__\": {\n" +
                "    \"a\": 1\n" +
                "  },\n" +
                "  \"'\\\"\\\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\\\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a\": \"'\\\"\\\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\\\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a\",\n" +
                "  \"2\": \"index\",\n" +
                "  \"10\": null,\n" +
                "  \"1\": true,\n" +
                "  \"line\\r\\nend\": \"\u2028\u2029\\t\\u001b[31m\u007F\",\n" +
                "  \"bidi\": \"a\u202Eb\u200Bc\u00A0d\uFEFF\",\n" +
                "  \"emoji\": \"🎉 ❤\uFE0F é 漢字\",\n" +
                "  \"delete\": [\n" +
                "    [],\n" +
                "    {},\n" +
                "    \"\",\n" +
                "    false\n" +
                "  ],\n" +
                "  \"constructor\": -1.5\n" +
                "}";
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
