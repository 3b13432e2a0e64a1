// Needs: cargo add reqwest --features blocking
use reqwest::blocking::Client;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let body: &[u8] = b"a\xe2\x80\xaeb\xe2\x80\x8bc\xc2\xa0d\xef\xbb\xbf\t\x1b[2J\r\n\x00\x7fa\xe2\x80\xaeb\xe2\x80\x8bc\xc2\xa0d\xef\xbb\xbf";

    let response = Client::new()
        .post("https://api.stripe.com/v1/things")
        .header("Content-Type", "text/plain; charset=utf-8")
        .body(body)
        .send()?;

    println!("{}", response.status());
    println!("{}", response.text()?);
    Ok(())
}
