// Needs: cargo add reqwest --features blocking
use reqwest::blocking::Client;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let body = r#"{
  "body": {
    "filename": "my photo.png",
    "content_type": "application/octet-stream",
    "content": "iVBORw0KGgoAASciJCh4Kf8="
  }
}"#;

    let response = Client::new()
        .post("http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession")
        .header("Content-Type", "application/json")
        .body(body)
        .send()?;

    println!("{}", response.status());
    println!("{}", response.text()?);
    Ok(())
}
