// Needs: com.squareup.okhttp3:okhttp, version 4.
import okhttp3.OkHttpClient
import okhttp3.Request

fun main() {
    val request = Request.Builder()
        .url("https://api.stripe.com/v1/things?empty=&bare&a=%26%3D%2B%25%23&a=2&f%5Bstatus%5D=x%20y+z&u=%C3%A9")
        .get()
        .build()

    OkHttpClient().newCall(request).execute().use { response ->
        println(response.code)
        println(response.body?.string())
    }
}
