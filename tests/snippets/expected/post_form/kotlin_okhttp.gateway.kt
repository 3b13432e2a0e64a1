// Needs: com.squareup.okhttp3:okhttp, version 4.
import okhttp3.MediaType.Companion.toMediaType
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.RequestBody.Companion.toRequestBody

fun main() {
    val json = """
        {
          "session": "cs_test_a1B2c3",
          "line_items": [
            {
              "quantity": 2,
              "price_data": {
                "currency": "usd",
                "unit_amount": 1500,
                "product": "prod_123"
              }
            }
          ],
          "metadata": {
            "order": "6735"
          }
        }
    """.trimIndent()
    val body = json.toByteArray().toRequestBody("application/json".toMediaType())

    val request = Request.Builder()
        .url("http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession")
        .header("Authorization", "Bearer ${System.getenv("STRIPE_API_KEY")}")
        .post(body)
        .build()

    OkHttpClient().newCall(request).execute().use { response ->
        println(response.code)
        println(response.body?.string())
    }
}
