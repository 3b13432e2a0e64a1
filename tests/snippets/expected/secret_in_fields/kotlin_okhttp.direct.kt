// Needs: com.squareup.okhttp3:okhttp, version 4.
import okhttp3.OkHttpClient
import okhttp3.Request

fun main() {
    val request = Request.Builder()
        .url("https://api.stripe.com/v1/things")
        .header("X-Client-Secret", System.getenv("STRIPE_API_KEY"))
        .header("X-Page", "2")
        .header("Cookie", "theme=dark; token=${System.getenv("MAPS_KEY")}; a=b")
        .get()
        .build()

    OkHttpClient().newCall(request).execute().use { response ->
        println(response.code)
        println(response.body?.string())
    }
}
