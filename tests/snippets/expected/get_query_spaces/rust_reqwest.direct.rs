// Needs: cargo add reqwest --features blocking
use reqwest::blocking::Client;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let response = Client::new()
        .get("https://api.stripe.com/v1/things?q=a%20b&page=1")
        .send()?;

    println!("{}", response.status());
    println!("{}", response.text()?);
    Ok(())
}
