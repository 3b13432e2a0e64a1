// Needs: com.squareup.okhttp3:okhttp, version 4.
import okhttp3.OkHttpClient
import okhttp3.Request

fun main() {
    val request = Request.Builder()
        .url("https://api.stripe.com/v1/search?expand%5B%5D=data.customer&filter%5Bstatus%5D=%C3%A9%26%3D&note=%23%27")
        .get()
        .build()

    OkHttpClient().newCall(request).execute().use { response ->
        println(response.code)
        println(response.body?.string())
    }
}
