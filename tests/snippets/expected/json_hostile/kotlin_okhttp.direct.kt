// Needs: com.squareup.okhttp3:okhttp, version 4.
import okhttp3.MediaType.Companion.toMediaType
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.RequestBody.Companion.toRequestBody

fun main() {
    val json = "{\"__proto__\":{\"a\":1},\"'\\\"\\\\ `touch canary` \$HOME \$(touch canary) \${process.exit(3)} #{x} {{}} %s %d \\\\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a\":\"'\\\"\\\\ `touch canary` \$HOME \$(touch canary) \${process.exit(3)} #{x} {{}} %s %d \\\\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a\",\"2\":\"index\",\"10\":null,\"1\":true,\"line\\r\\nend\":\"\u2028\u2029\\t\\u001b[31m\u007F\",\"bidi\":\"a\u202Eb\u200Bc\u00A0d\uFEFF\",\"emoji\":\"🎉 ❤\uFE0F é 漢字\",\"delete\":[[],{},\"\",false],\"constructor\":-1.5}"
    val body = json.toByteArray().toRequestBody("application/json".toMediaType())

    val request = Request.Builder()
        .url("https://api.stripe.com/v1/things")
        .post(body)
        .build()

    OkHttpClient().newCall(request).execute().use { response ->
        println(response.code)
        println(response.body?.string())
    }
}
