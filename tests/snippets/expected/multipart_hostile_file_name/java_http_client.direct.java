// Reads txt from the folder it is run in.
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;

public class Main {
    public static void main(String[] args) throws Exception {
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.concat(
                HttpRequest.BodyPublishers.ofString("--boundary-1f\r\n" +
                        "Content-Disposition: form-data; name=\"f\"; filename=\"he%22l'lo;$(touch canary)`touch canary`\\.txt\"\r\n" +
                        "Content-Type: text/plain\r\n" +
                        "\r\n"),
                HttpRequest.BodyPublishers.ofFile(Path.of("txt")),
                HttpRequest.BodyPublishers.ofString("\r\n" +
                        "--boundary-1f--\r\n"));

        HttpRequest request = HttpRequest.newBuilder(URI.create("https://api.stripe.com/v1/things"))
                .header("Content-Type", "multipart/form-data; boundary=boundary-1f")
                .POST(body)
                .build();

        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString());
        System.out.println(response.statusCode());
        System.out.println(response.body());
    }
}
