// Needs: cargo add reqwest --features blocking
// reqwest rewrites parts of this address: dot segments and characters it wants percent-encoded.
use reqwest::blocking::Client;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let response = Client::new()
        .get("https://api.stripe.com/v1/things?name=O'Neil")
        .send()?;

    println!("{}", response.status());
    println!("{}", response.text()?);
    Ok(())
}
