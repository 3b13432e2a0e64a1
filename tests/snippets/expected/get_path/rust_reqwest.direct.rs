// Needs: cargo add reqwest --features blocking
use reqwest::blocking::Client;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let response = Client::new()
        .get("https://api.stripe.com/v1/a%20b%2Fc;v=1+x/%C3%A9/%24%28touch%20canary%29/$(touch)")
        .send()?;

    println!("{}", response.status());
    println!("{}", response.text()?);
    Ok(())
}
