# pip install requests
import requests

response = requests.get(
    "https://api.stripe.com/v1/things",
    headers={"Cookie": "theme=dark; it=it's; list=%5B%22a%22%5D; $x=`y`"},
    timeout=30,
)
print(response.status_code, response.text)
