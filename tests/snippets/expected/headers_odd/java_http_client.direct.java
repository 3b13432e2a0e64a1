// java.net.http sends header fields in ASCII; X-Accents is left out here.
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

public class Main {
    public static void main(String[] args) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://api.stripe.com/v1/things"))
                .header("X-Empty", "")
                .header("X-Semicolon", ";")
                .header("X-Quotes", "'\"\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a")
                .header("x-Lower", "@file")
                .header("1-Digit", "2")
                .header("X-Comma", "a, b")
                .header("X-Back", "\\")
                .GET()
                .build();

        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString());
        System.out.println(response.statusCode());
        System.out.println(response.body());
    }
}
