// Needs: cargo add reqwest --features blocking
// Reads raw from the folder it is run in.
use reqwest::blocking::Client;
use std::error::Error;
use std::fs;

fn main() -> Result<(), Box<dyn Error>> {
    let body = [
        "--boundary-1f\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\nX-Part: 1\r\n\r\n{\"a\":1}\r\n--boundary-1f\r\nContent-Disposition: form-data; name=\"f\"; filename=\"raw\"\r\n\r\n".as_bytes(),
        &fs::read("raw")?,
        "\r\n--boundary-1f--\r\n".as_bytes(),
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
