// Needs: com.squareup.okhttp3:okhttp, version 4.
// Reads raw from the folder it is run in.
import java.io.File
import okhttp3.MediaType.Companion.toMediaType
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.RequestBody.Companion.toRequestBody
import okio.Buffer

fun main() {
    val content = Buffer()
        .writeUtf8("--boundary-1f\r\n" +
            "Content-Disposition: form-data; name=\"meta\"\r\n" +
            "Content-Type: application/json\r\n" +
            "X-Part: 1\r\n" +
            "\r\n" +
            "{\"a\":1}\r\n" +
            "--boundary-1f\r\n" +
            "Content-Disposition: form-data; name=\"f\"; filename=\"raw\"\r\n" +
            "\r\n")
        .write(File("raw").readBytes())
        .writeUtf8("\r\n" +
            "--boundary-1f--\r\n")
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
