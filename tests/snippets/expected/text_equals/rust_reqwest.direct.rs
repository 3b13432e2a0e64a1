// Needs: cargo add reqwest --features blocking
use reqwest::blocking::Client;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let body = "=1+1";

    let response = Client::new()
        .post("https://api.stripe.com/v1/things")
        .header("Content-Type", "text/plain; charset=utf-8")
        .body(body)
        .send()?;

    println!("{}", response.status());
    println!("{}", response.text()?);
    Ok(())
}
