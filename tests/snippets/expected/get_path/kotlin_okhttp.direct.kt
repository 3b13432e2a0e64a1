// Needs: com.squareup.okhttp3:okhttp, version 4.
import okhttp3.OkHttpClient
import okhttp3.Request

fun main() {
    val request = Request.Builder()
        .url("https://api.stripe.com/v1/a%20b%2Fc;v=1+x/%C3%A9/%24%28touch%20canary%29/\$(touch)")
        .get()
        .build()

    OkHttpClient().newCall(request).execute().use { response ->
        println(response.code)
        println(response.body?.string())
    }
}
