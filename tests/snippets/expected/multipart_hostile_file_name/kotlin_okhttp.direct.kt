// Needs: com.squareup.okhttp3:okhttp, version 4.
// OkHttp 3 and 4 give each part a Content-Length.
// Reads txt from the folder it is run in.
import java.io.File
import okhttp3.MediaType.Companion.toMediaType
import okhttp3.MultipartBody
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.RequestBody.Companion.asRequestBody

fun main() {
    val body = MultipartBody.Builder()
        .setType(MultipartBody.FORM)
        .addFormDataPart("f", "he\"l'lo;\$(touch canary)`touch canary`\\.txt", File("txt").asRequestBody("text/plain".toMediaType()))
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
