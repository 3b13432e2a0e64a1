// Needs: cargo add reqwest --features blocking
use reqwest::blocking::Client;
use std::env;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let body = "{}";

    let response = Client::new()
        .post("http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession")
        .basic_auth(env::var("STRIPE_USERNAME")?, Some(env::var("STRIPE_PASSWORD")?))
        .header("Content-Type", "application/json")
        .body(body)
        .send()?;

    println!("{}", response.status());
    println!("{}", response.text()?);
    Ok(())
}
