// Needs: cargo add reqwest --features blocking
// reqwest rewrites parts of this address: dot segments and characters it wants percent-encoded.
use reqwest::blocking::Client;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let response = Client::new()
        .get("https://api.stripe.com/v1/%2E%2E/../things/.")
        .send()?;

    println!("{}", response.status());
    println!("{}", response.text()?);
    Ok(())
}
