// Needs: cargo add reqwest --features blocking,multipart
use reqwest::blocking::Client;
use reqwest::blocking::multipart::Form;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let form = Form::new()
        .text("title", "It's $HOME")
        .text("at", "@/etc/passwd;type=x")
        .text("empty", "");

    let response = Client::new()
        .post("https://api.stripe.com/v1/things")
        .multipart(form)
        .send()?;

    println!("{}", response.status());
    println!("{}", response.text()?);
    Ok(())
}
