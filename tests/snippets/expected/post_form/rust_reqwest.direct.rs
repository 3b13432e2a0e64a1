// Needs: cargo add reqwest --features blocking
use reqwest::blocking::Client;
use std::env;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let form = [
        ("line_items[0][price_data][currency]", "usd"),
        ("line_items[0][price_data][unit_amount]", "1500"),
        ("line_items[0][quantity]", "2"),
        ("metadata[order]", "6735"),
    ];

    let response = Client::new()
        .post("https://api.stripe.com/v1/checkout/sessions/cs_test_a1B2c3")
        .bearer_auth(env::var("STRIPE_API_KEY")?)
        .form(&form)
        .send()?;

    println!("{}", response.status());
    println!("{}", response.text()?);
    Ok(())
}
