// Needs: com.squareup.okhttp3:okhttp, version 4.
// Reads my_photo.png from the folder it is run in.
import java.io.File
import okhttp3.MediaType.Companion.toMediaType
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.RequestBody.Companion.asRequestBody

fun main() {
    val body = File("my_photo.png").asRequestBody("image/png".toMediaType())

    val request = Request.Builder()
        .url("https://api.stripe.com/v1/things")
        .put(body)
        .build()

    OkHttpClient().newCall(request).execute().use { response ->
        println(response.code)
        println(response.body?.string())
    }
}
