// Needs: com.squareup.okhttp3:okhttp, version 4.
import java.util.Base64
import okhttp3.MediaType.Companion.toMediaType
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.RequestBody.Companion.toRequestBody
import okio.Buffer

fun main() {
    val content = Buffer()
        .write(Base64.getDecoder().decode("LS1ib3VuZGFyeS0xZg0KQ29udGVudC1EaXNwb3NpdGlvbjogZm9ybS1kYXRhOyBuYW1lPSJhPWIiDQoNCjENCi0tYm91bmRhcnktMWYNCkNvbnRlbnQtRGlzcG9zaXRpb246IGZvcm0tZGF0YTsgbmFtZT0icSUyMnVvdGUiDQoNCjINCi0tYm91bmRhcnktMWYNCkNvbnRlbnQtRGlzcG9zaXRpb246IGZvcm0tZGF0YTsgbmFtZT0ibGluZSUwRCUwQWVuZCINCg0KMw0KNA0KLS1ib3VuZGFyeS0xZg0KQ29udGVudC1EaXNwb3NpdGlvbjogZm9ybS1kYXRhOyBuYW1lPSLDqSINCg0KAP8NCi0tYm91bmRhcnktMWYtLQ0K"))
    val body = content.readByteArray().toRequestBody("multipart/form-data; boundary=boundary-1f".toMediaType())

    val request = Request.Builder()
        .url("https://api.stripe.com/v1/things")
        .post(body)
        .build()

    OkHttpClient().newCall(request).execute().use { response ->
        println(response.code)
        println(response.body?.string())
    }
}
