// Needs: cargo add reqwest --features blocking
use reqwest::blocking::Client;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let body = [
        b"--boundary-1f\r\nContent-Disposition: form-data; name=\"a=b\"\r\n\r\n1\r\n--boundary-1f\r\nContent-Disposition: form-data; name=\"q%22uote\"\r\n\r\n2\r\n--boundary-1f\r\nContent-Disposition: form-data; name=\"line%0D%0Aend\"\r\n\r\n3\r\n4\r\n--boundary-1f\r\nContent-Disposition: form-data; name=\"\xc3\xa9\"\r\n\r\n\x00\xff\r\n--boundary-1f--\r\n".as_slice(),
    ].concat();

    let response = Client::new()
        .post("https://api.stripe.com/v1/things")
        .header("Content-Type", "multipart/form-data; boundary=boundary-1f")
        .body(body)
        .send()?;

    println!("{}", response.status());
    println!("{}", response.text()?);
    Ok(())
}
