// Needs: cargo add reqwest --features blocking
use reqwest::blocking::Client;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let response = Client::new()
        .head("https://api.stripe.com/v1/things")
        .send()?;

    println!("{}", response.status());
    println!("{}", response.text()?);
    Ok(())
}
