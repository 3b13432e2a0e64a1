// Needs: cargo add reqwest --features blocking
use reqwest::blocking::Client;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let response = Client::new()
        .delete("https://api.stripe.com/v1/things")
        .query(&[
            ("id", "1"),
            ("id", "2"),
            ("by", "a-b_c.d"),
        ])
        .send()?;

    println!("{}", response.status());
    println!("{}", response.text()?);
    Ok(())
}
