// Needs: com.squareup.okhttp3:okhttp, version 4.
import okhttp3.MediaType.Companion.toMediaType
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.RequestBody.Companion.toRequestBody

fun main() {
    val json = """
        {
          "a": 1,
          "b": [
            true
          ]
        }
    """.trimIndent()
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
