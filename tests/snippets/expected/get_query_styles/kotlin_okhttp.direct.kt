// Needs: com.squareup.okhttp3:okhttp, version 4.
import okhttp3.OkHttpClient
import okhttp3.Request

fun main() {
    val request = Request.Builder()
        .url("https://api.stripe.com/v1/things?order=2&pipes=a%7Cb&spaces=a%20b&commas=a,b&order=1&deep%5Ba%5D%5Bb%5D=c")
        .get()
        .build()

    OkHttpClient().newCall(request).execute().use { response ->
        println(response.code)
        println(response.body?.string())
    }
}
