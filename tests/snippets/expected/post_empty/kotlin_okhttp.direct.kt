// Needs: com.squareup.okhttp3:okhttp, version 4.
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.RequestBody.Companion.toRequestBody

fun main() {
    val request = Request.Builder()
        .url("https://api.stripe.com/v1/things")
        .header("Content-Type", "text/plain; charset=utf-8")
        .post(ByteArray(0).toRequestBody())
        .build()

    OkHttpClient().newCall(request).execute().use { response ->
        println(response.code)
        println(response.body?.string())
    }
}
