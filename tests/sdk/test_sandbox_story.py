"""A story told to the sandbox by the generated package: what one call makes is there for the next, for one visitor."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from playground.bundled import documents
from tests.cli.conftest import environment
from tests.support.sdk.packages import lay, package_of, run_module
from tests.support.sdk.sites import serving

STORY = """
import { createStripeClient } from "@utdk/stripe";
const as = (visitor) => createStripeClient({
  gatewayUrl: "GATEWAY", server: "sandbox", credential: "sk_test_1", headers: { "Playground-Visitor": visitor }
});
const stripe = as("ada");
const told = {};
const customer = await stripe.postcustomers({ email: "ada@example.com", name: "Ada" });
const product = await stripe.postproducts({ name: "Mug" });
const price = await stripe.postprices({ product: product.id, currency: "usd", unit_amount: 1999 });
const session = await stripe.postcheckoutsessions({
  customer: customer.id, mode: "payment", success_url: "https://shop.example/thanks",
  line_items: [{ price: price.id, quantity: 2 }, { price: price.id, quantity: 1 }]
});
await stripe.postcustomerscustomer({ customer: customer.id, name: "Ada Lovelace" });
told.customer = await stripe.getcustomerscustomer({ customer: customer.id });
told.listed = (await stripe.getcustomers({ limit: 10 })).data.map((one) => one.id);
await stripe.postcheckoutsessionssessionexpire({ session: session.id });
told.session = await stripe.getcheckoutsessionssession({ session: session.id });
told.others = (await as("grace").getcustomers({ limit: 10 })).data.map((one) => one.id);
told.ids = [customer.id, session.id];
console.log(JSON.stringify(told));
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(environment(tmp_path_factory.mktemp("site") / "catalog.sqlite")) as site:
        yield site


def test_stripe_is_told_by_the_package(site: str, tmp_path: Path) -> None:
    (tmp_path / "stripe.yaml").write_bytes(dict(documents())["stripe"])
    folder = lay(package_of(tmp_path / "stripe.yaml", "stripe", gateway=f"{site}/gateway"), tmp_path)
    done = run_module(folder, STORY.replace("GATEWAY", f"{site}/gateway"))
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    assert (told["customer"]["name"], told["customer"]["email"]) == ("Ada Lovelace", "ada@example.com")
    assert told["listed"] == [told["ids"][0]]
    assert (told["session"]["status"], told["session"]["customer"]) == ("expired", told["ids"][0])
    assert told["ids"][0] not in told["others"], "another visitor has nothing of it"
