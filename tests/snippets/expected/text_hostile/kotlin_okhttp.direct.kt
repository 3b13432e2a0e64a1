// Needs: com.squareup.okhttp3:okhttp, version 4.
import okhttp3.MediaType.Companion.toMediaType
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.RequestBody.Companion.toRequestBody

fun main() {
    val text = "'\"\\ `touch canary` \$HOME \$(touch canary) \${process.exit(3)} #{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a"
    val body = text.toRequestBody("text/plain; charset=utf-8".toMediaType())

    val request = Request.Builder()
        .url("https://api.stripe.com/v1/things")
        .post(body)
        .build()

    OkHttpClient().newCall(request).execute().use { response ->
        println(response.code)
        println(response.body?.string())
    }
}
