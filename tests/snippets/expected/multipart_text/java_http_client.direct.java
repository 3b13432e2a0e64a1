import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

public class Main {
    public static void main(String[] args) throws Exception {
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.concat(
                HttpRequest.BodyPublishers.ofString("--boundary-1f\r\n" +
                        "Content-Disposition: form-data; name=\"title\"\r\n" +
                        "\r\n" +
                        "It's $HOME\r\n" +
                        "--boundary-1f\r\n" +
                        "Content-Disposition: form-data; name=\"at\"\r\n" +
                        "\r\n" +
                        "@/etc/passwd;type=x\r\n" +
                        "--boundary-1f\r\n" +
                        "Content-Disposition: form-data; name=\"empty\"\r\n" +
                        "\r\n" +
                        "\r\n" +
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
