// Needs: com.squareup.okhttp3:okhttp, version 4.
// OkHttp 3 and 4 give each part a Content-Length.
import okhttp3.MultipartBody
import okhttp3.OkHttpClient
import okhttp3.Request

fun main() {
    val body = MultipartBody.Builder()
        .setType(MultipartBody.FORM)
        .addFormDataPart("title", "It's \$HOME")
        .addFormDataPart("at", "@/etc/passwd;type=x")
        .addFormDataPart("empty", "")
        .build()

    val request = Request.Builder()
        .url("https://api.stripe.com/v1/things")
        .post(body)
        .build()

    OkHttpClient().newCall(request).execute().use { response ->
        println(response.code)
        println(response.body?.string())
    }
}
