// Needs: cargo add reqwest --features blocking
// Reads my_photo.png from the folder it is run in.
use reqwest::blocking::Client;
use std::error::Error;
use std::fs;

fn main() -> Result<(), Box<dyn Error>> {
    let body = fs::read("my_photo.png")?;

    let response = Client::new()
        .put("https://api.stripe.com/v1/things")
        .header("Content-Type", "image/png")
        .body(body)
        .send()?;

    println!("{}", response.status());
    println!("{}", response.text()?);
    Ok(())
}
