// Needs: com.squareup.okhttp3:okhttp, version 4.
import java.net.URLEncoder
import okhttp3.MediaType.Companion.toMediaType
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.RequestBody.Companion.toRequestBody

fun main() {
    val json = """{"q":1}"""
    val body = json.toByteArray().toRequestBody("application/json".toMediaType())

    val request = Request.Builder()
        .url("https://api.stripe.com/v1/pins/${URLEncoder.encode(System.getenv("STRIPE_PIN"), "UTF-8").replace("+", "%20")}?pin=${URLEncoder.encode(System.getenv("STRIPE_QUERY_PIN"), "UTF-8")}&page=2")
        .header("Authorization", "Bearer ${System.getenv("STRIPE_API_KEY")}")
        .post(body)
        .build()

    OkHttpClient().newCall(request).execute().use { response ->
        println(response.code)
        println(response.body?.string())
    }
}
