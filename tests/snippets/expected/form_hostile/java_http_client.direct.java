import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

public class Main {
    public static void main(String[] args) throws Exception {
        String body = String.join("&",
                "%27%22%5C+%60touch+canary%60+%24HOME+%24%28touch+canary%29+%24%7Bprocess.exit%283%29%7D+%23%7Bx%7D+%7B%7B%7D%7D+%25s+%25d+%5Cn+%21%21+~+%2A+%3F+%5Bx%5D+%7Ba%2Cb%7D+%3CEOF%3E+%2A%2F+%3C%2Fscript%3E+%3C%21--+--%3E+%250a=%27%22%5C+%60touch+canary%60+%24HOME+%24%28touch+canary%29+%24%7Bprocess.exit%283%29%7D+%23%7Bx%7D+%7B%7B%7D%7D+%25s+%25d+%5Cn+%21%21+~+%2A+%3F+%5Bx%5D+%7Ba%2Cb%7D+%3CEOF%3E+%2A%2F+%3C%2Fscript%3E+%3C%21--+--%3E+%250a",
                "__proto__=a%E2%80%AEb%E2%80%8Bc%C2%A0d%EF%BB%BF",
                "~%2A-._=~%2A-._%C3%A9");

        HttpRequest request = HttpRequest.newBuilder(URI.create("https://api.stripe.com/v1/things"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();

        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString());
        System.out.println(response.statusCode());
        System.out.println(response.body());
    }
}
