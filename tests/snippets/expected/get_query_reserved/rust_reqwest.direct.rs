// Needs: cargo add reqwest --features blocking
use reqwest::blocking::Client;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let response = Client::new()
        .get("https://api.stripe.com/v1/things?filter[a]=1,2&set={x}|y&path=a/b?c:@!$()*;")
        .send()?;

    println!("{}", response.status());
    println!("{}", response.text()?);
    Ok(())
}
