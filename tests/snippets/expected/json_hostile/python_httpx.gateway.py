# pip install httpx
import httpx

response = httpx.post(
    "http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession",
    json={
        "__proto__": {"a": 1},
        "'\"\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a": "'\"\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a",
        "2": "index",
        "10": None,
        "1": True,
        "line\r\nend": "\u2028\u2029\t\x1b[31m\x7f",
        "bidi": "a\u202eb\u200bc\xa0d\ufeff",
        "emoji": "🎉 ❤\ufe0f é 漢字",
        "delete": [[], {}, "", False],
        "constructor": -1.5,
    },
)
print(response.status_code, response.text)
