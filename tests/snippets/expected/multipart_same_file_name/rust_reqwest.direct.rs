// Needs: cargo add reqwest --features blocking,multipart
// Reads a.txt, a_2.txt from the folder it is run in.
use reqwest::blocking::Client;
use reqwest::blocking::multipart::{Form, Part};
use std::error::Error;
use std::fs;

fn main() -> Result<(), Box<dyn Error>> {
    let form = Form::new()
        .part("f", Part::bytes(fs::read("a.txt")?).file_name("-a.txt").mime_str("text/plain")?)
        .part("f", Part::bytes(fs::read("a_2.txt")?).file_name("-a.txt").mime_str("text/plain")?);

    let response = Client::new()
        .post("https://api.stripe.com/v1/things")
        .multipart(form)
        .send()?;

    println!("{}", response.status());
    println!("{}", response.text()?);
    Ok(())
}
