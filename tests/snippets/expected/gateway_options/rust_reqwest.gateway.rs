// This is the wrapped form of a call, which gateways other than Playground's may not know.
// Needs: cargo add reqwest --features blocking
// A secret with a quotation mark or backslash in it must be escaped as in JSON.
use reqwest::blocking::Client;
use std::env;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let body = [r#"{
  "args": {
    "q": "it's"
  },
  "credential": {
    "type": "bearer_token",
    "token": ""#, &env::var("STRIPE_API_KEY")?, r#""
  },
  "options": {
    "server": "https://eu.example.com/v1",
    "media_type": "text/plain"
  }
}"#].concat();

    let response = Client::new()
        .post("http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession")
        .header("Content-Type", "application/json")
        .body(body)
        .send()?;

    println!("{}", response.status());
    println!("{}", response.text()?);
    Ok(())
}
