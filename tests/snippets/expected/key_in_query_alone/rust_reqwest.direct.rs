// Needs: cargo add reqwest --features blocking
use reqwest::blocking::Client;
use std::env;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let response = Client::new()
        .get("https://api.stripe.com/v1/maps")
        .query(&[("key", env::var("MAPS_KEY")?)])
        .send()?;

    println!("{}", response.status());
    println!("{}", response.text()?);
    Ok(())
}
