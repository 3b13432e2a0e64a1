// Needs: cargo add reqwest --features blocking
use reqwest::blocking::Client;
use std::env;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let response = Client::new()
        .get("https://api.stripe.com/v1/things")
        .header("X-Client-Secret", env::var("STRIPE_API_KEY")?)
        .header("X-Page", "2")
        .header("Cookie", format!("theme=dark; token={}; a=b", env::var("MAPS_KEY")?))
        .send()?;

    println!("{}", response.status());
    println!("{}", response.text()?);
    Ok(())
}
