// Needs: cargo add reqwest --features blocking
use reqwest::blocking::Client;
use std::env;
use std::error::Error;

fn encoded(text: &str) -> String {
    let escape = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => char::from(byte).to_string(),
        b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(escape).collect()
}

fn main() -> Result<(), Box<dyn Error>> {
    let response = Client::new()
        .get(format!("https://api.stripe.com/v1/keys/{}/uses;by=a?limit=3&passwd={}&page=2", encoded(&env::var("STRIPE_PASSWD")?), encoded(&env::var("MAPS_KEY")?)))
        .send()?;

    println!("{}", response.status());
    println!("{}", response.text()?);
    Ok(())
}
