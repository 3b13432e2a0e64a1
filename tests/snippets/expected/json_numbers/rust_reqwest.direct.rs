// Needs: cargo add reqwest --features blocking
use reqwest::blocking::Client;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let body = r#"{"a":1.0,"b":1E5,"c":12345678901234567890,"d":-0,"e":1e400,"f":0.1}"#;

    let response = Client::new()
        .post("https://api.stripe.com/v1/things")
        .header("Content-Type", "application/json")
        .body(body)
        .send()?;

    println!("{}", response.status());
    println!("{}", response.text()?);
    Ok(())
}
