// Needs: com.squareup.okhttp3:okhttp, version 4.
import okhttp3.MediaType.Companion.toMediaType
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.RequestBody.Companion.toRequestBody

fun main() {
    val json = "{\n" +
            "  \"__proto__\": {\n" +
            "    \"a\": 1\n" +
            "  },\n" +
            "  \"'\\\"\\\\ `touch canary` \$HOME \$(touch canary) \${process.exit(3)} #{x} {{}} %s %d \\\\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a\": \"'\\\"\\\\ `touch canary` \$HOME \$(touch canary) \${process.exit(3)} #{x} {{}} %s %d \\\\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a\",\n" +
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
            "}"
    val body = json.toByteArray().toRequestBody("application/json".toMediaType())

    val request = Request.Builder()
        .url("http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession")
        .post(body)
        .build()

    OkHttpClient().newCall(request).execute().use { response ->
        println(response.code)
        println(response.body?.string())
    }
}
