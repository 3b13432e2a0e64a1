// Needs: cargo add reqwest --features blocking
use reqwest::blocking::Client;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let response = Client::new()
        .get("https://api.stripe.com/v1/things?order=2&pipes=a%7Cb&spaces=a%20b&commas=a,b&order=1&deep%5Ba%5D%5Bb%5D=c")
        .send()?;

    println!("{}", response.status());
    println!("{}", response.text()?);
    Ok(())
}
