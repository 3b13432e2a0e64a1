// Needs: cargo add reqwest --features blocking,multipart
// Reads photo.png from the folder it is run in.
use reqwest::blocking::Client;
use reqwest::blocking::multipart::{Form, Part};
use std::error::Error;
use std::fs;

fn main() -> Result<(), Box<dyn Error>> {
    let form = Form::new()
        .text("title", "Zoë")
        .part("photo", Part::bytes(fs::read("photo.png")?).file_name("photo.png").mime_str("image/png")?);

    let response = Client::new()
        .post("https://api.stripe.com/v1/things")
        .multipart(form)
        .send()?;

    println!("{}", response.status());
    println!("{}", response.text()?);
    Ok(())
}
