// Needs: com.squareup.okhttp3:okhttp, version 4.
import java.net.URLEncoder
import okhttp3.OkHttpClient
import okhttp3.Request

fun main() {
    val request = Request.Builder()
        .url("https://api.stripe.com/v1/keys/${URLEncoder.encode(System.getenv("STRIPE_PASSWD"), "UTF-8").replace("+", "%20")}/uses;by=a?limit=3&passwd=${URLEncoder.encode(System.getenv("MAPS_KEY"), "UTF-8")}&page=2")
        .get()
        .build()

    OkHttpClient().newCall(request).execute().use { response ->
        println(response.code)
        println(response.body?.string())
    }
}
