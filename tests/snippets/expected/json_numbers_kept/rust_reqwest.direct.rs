// Needs: cargo add reqwest --features blocking
use reqwest::blocking::Client;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let body = r#"{"small":1e-7,"large":1e+21,"plain":100,"point":0.000001,"x":9007199254740991}"#;

    let response = Client::new()
        .post("https://api.stripe.com/v1/things")
        .header("Content-Type", "application/json")
        .body(body)
        .send()?;

    println!("{}", response.status());
    println!("{}", response.text()?);
    Ok(())
}
