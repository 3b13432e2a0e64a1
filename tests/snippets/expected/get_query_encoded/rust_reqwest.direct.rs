// Needs: cargo add reqwest --features blocking
use reqwest::blocking::Client;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let response = Client::new()
        .get("https://api.stripe.com/v1/search")
        .query(&[
            ("expand[]", "data.customer"),
            ("filter[status]", "é&="),
            ("note", "#'"),
        ])
        .send()?;

    println!("{}", response.status());
    println!("{}", response.text()?);
    Ok(())
}
