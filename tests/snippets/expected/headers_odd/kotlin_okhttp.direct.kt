// Needs: com.squareup.okhttp3:okhttp, version 4.
import okhttp3.Headers
import okhttp3.OkHttpClient
import okhttp3.Request

fun main() {
    val request = Request.Builder()
        .url("https://api.stripe.com/v1/things")
        .headers(Headers.Builder().addUnsafeNonAscii("X-Accents", "é 漢").build())
        .header("X-Empty", "")
        .header("X-Semicolon", ";")
        .header("X-Quotes", "'\"\\ `touch canary` \$HOME \$(touch canary) \${process.exit(3)} #{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a")
        .header("x-Lower", "@file")
        .header("1-Digit", "2")
        .header("X-Comma", "a, b")
        .header("X-Back", "\\")
        .get()
        .build()

    OkHttpClient().newCall(request).execute().use { response ->
        println(response.code)
        println(response.body?.string())
    }
}
