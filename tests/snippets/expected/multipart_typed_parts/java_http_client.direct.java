// Reads raw from the folder it is run in.
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;

public class Main {
    public static void main(String[] args) throws Exception {
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.concat(
                HttpRequest.BodyPublishers.ofString("--boundary-1f\r\n" +
                        "Content-Disposition: form-data; name=\"meta\"\r\n" +
                        "Content-Type: application/json\r\n" +
                        "X-Part: 1\r\n" +
                        "\r\n" +
                        "{\"a\":1}\r\n" +
                        "--boundary-1f\r\n" +
                        "Content-Disposition: form-data; name=\"f\"; filename=\"raw\"\r\n" +
                        "\r\n"),
                HttpRequest.BodyPublishers.ofFile(Path.of("raw")),
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
