// Needs: cargo add reqwest --features blocking
use reqwest::blocking::Client;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let response = Client::new()
        .get("https://api.stripe.com/v1/things")
        .header("X-Empty", "")
        .header("X-Semicolon", ";")
        .header("X-Quotes", "'\"\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a")
        .header("x-Lower", "@file")
        .header("X-Accents", "é 漢".as_bytes())
        .header("1-Digit", "2")
        .header("X-Comma", "a, b")
        .header("X-Back", "\\")
        .send()?;

    println!("{}", response.status());
    println!("{}", response.text()?);
    Ok(())
}
