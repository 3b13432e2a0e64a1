// Needs: cargo add reqwest --features blocking
use reqwest::blocking::Client;
use std::env;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let body = r#"{
  "session": "cs_test_a1B2c3",
  "line_items": [
    {
      "quantity": 2,
      "price_data": {
        "currency": "usd",
        "unit_amount": 1500,
        "product": "prod_123"
      }
    }
  ],
  "metadata": {
    "order": "6735"
  }
}"#;

    let response = Client::new()
        .post("http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession")
        .header("Content-Type", "application/json")
        .bearer_auth(env::var("STRIPE_API_KEY")?)
        .body(body)
        .send()?;

    println!("{}", response.status());
    println!("{}", response.text()?);
    Ok(())
}
