// Needs: cargo add reqwest --features blocking
use reqwest::blocking::Client;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let response = Client::new()
        .get("https://api.stripe.com/v1/things")
        .header("Cookie", "theme=dark; it=it's; list=%5B%22a%22%5D; $x=`y`")
        .send()?;

    println!("{}", response.status());
    println!("{}", response.text()?);
    Ok(())
}
