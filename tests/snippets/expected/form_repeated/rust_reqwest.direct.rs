// Needs: cargo add reqwest --features blocking
use reqwest::blocking::Client;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let form = [
        ("tags", "a b"),
        ("tags", "c&d"),
        ("amp", "x&y=z+w"),
        ("empty", ""),
        ("7", "7"),
    ];

    let response = Client::new()
        .post("https://api.stripe.com/v1/things")
        .form(&form)
        .send()?;

    println!("{}", response.status());
    println!("{}", response.text()?);
    Ok(())
}
