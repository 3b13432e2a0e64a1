// Needs: cargo add reqwest --features blocking
use reqwest::blocking::Client;
use std::env;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let response = Client::new()
        .get("https://api.stripe.com/v1/customers")
        .query(&[
            ("limit", "3"),
            ("starting_after", "cus_1"),
        ])
        .bearer_auth(env::var("STRIPE_API_KEY")?)
        .send()?;

    println!("{}", response.status());
    println!("{}", response.text()?);
    Ok(())
}
