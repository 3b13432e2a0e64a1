// Needs: cargo add reqwest --features blocking
use reqwest::blocking::Client;
use std::env;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let body = r#"{"name":"Zoë"}"#;

    let response = Client::new()
        .patch("https://api.stripe.com/v1/things")
        .bearer_auth(env::var("STRIPE_API_KEY")?)
        .header("Content-Type", "application/json")
        .body(body)
        .send()?;

    println!("{}", response.status());
    println!("{}", response.text()?);
    Ok(())
}
