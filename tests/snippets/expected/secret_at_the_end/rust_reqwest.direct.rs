// Needs: cargo add reqwest --features blocking
use reqwest::blocking::Client;
use std::env;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let response = Client::new()
        .delete("https://api.stripe.com/v1/keys?limit=3")
        .query(&[("key", env::var("MAPS_KEY")?), ("passwd", env::var("STRIPE_PASSWD")?)])
        .send()?;

    println!("{}", response.status());
    println!("{}", response.text()?);
    Ok(())
}
