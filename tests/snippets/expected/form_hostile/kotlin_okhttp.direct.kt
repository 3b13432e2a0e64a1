// Needs: com.squareup.okhttp3:okhttp, version 4.
import okhttp3.MediaType.Companion.toMediaType
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.RequestBody.Companion.toRequestBody

fun main() {
    val text = listOf(
        "%27%22%5C+%60touch+canary%60+%24HOME+%24%28touch+canary%29+%24%7Bprocess.exit%283%29%7D+%23%7Bx%7D+%7B%7B%7D%7D+%25s+%25d+%5Cn+%21%21+~+%2A+%3F+%5Bx%5D+%7Ba%2Cb%7D+%3CEOF%3E+%2A%2F+%3C%2Fscript%3E+%3C%21--+--%3E+%250a=%27%22%5C+%60touch+canary%60+%24HOME+%24%28touch+canary%29+%24%7Bprocess.exit%283%29%7D+%23%7Bx%7D+%7B%7B%7D%7D+%25s+%25d+%5Cn+%21%21+~+%2A+%3F+%5Bx%5D+%7Ba%2Cb%7D+%3CEOF%3E+%2A%2F+%3C%2Fscript%3E+%3C%21--+--%3E+%250a",
        "__proto__=a%E2%80%AEb%E2%80%8Bc%C2%A0d%EF%BB%BF",
        "~%2A-._=~%2A-._%C3%A9"
    ).joinToString("&")
    val body = text.toByteArray().toRequestBody("application/x-www-form-urlencoded".toMediaType())

    val request = Request.Builder()
        .url("https://api.stripe.com/v1/things")
        .post(body)
        .build()

    OkHttpClient().newCall(request).execute().use { response ->
        println(response.code)
        println(response.body?.string())
    }
}
