// This is the wrapped form of a call, which gateways other than Playground's may not know.
// Needs: com.squareup.okhttp3:okhttp, version 4.
// A secret with a quotation mark or backslash in it must be escaped as in JSON.
import okhttp3.MediaType.Companion.toMediaType
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.RequestBody.Companion.toRequestBody

fun main() {
    val json = """
        {
          "args": {
            "q": "it's"
          },
          "credential": {
            "type": "bearer_token",
            "token": "${System.getenv("STRIPE_API_KEY")}"
          },
          "options": {
            "server": "https://eu.example.com/v1",
            "media_type": "text/plain"
          }
        }
    """.trimIndent()
    val body = json.toByteArray().toRequestBody("application/json".toMediaType())

    val request = Request.Builder()
        .url("http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession")
        .post(body)
        .build()

    OkHttpClient().newCall(request).execute().use { response ->
        println(response.code)
        println(response.body?.string())
    }
}
