"""A story told to the sandbox by the generated package: what one call makes is there for the next, for one visitor."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from playground.bundled import documents
from playground.store import open_store
from tests.cli.conftest import environment
from tests.support.sdk.packages import catalog_of, lay, package_of, run_module
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


HUB = """
import { createHubClient } from "@utdk/hub";
const hub = createHubClient({ gatewayUrl: "GATEWAY", server: "sandbox", headers: { "Playground-Visitor": "ada" } });
const repo = { owner: "ada", repo: "engine" };
const issue = await hub.create({ ...repo, title: "It halts", labels: ["bug"] });
const one = { ...repo, issue_number: issue.number };
const comment = await hub.comment({ ...one, body: "Not always." });
await hub.addLabels({ ...one, labels: ["wontfix"] });
const closed = await hub.update({ ...one, state: "closed" });
const comments = (await hub.comments(one)).map((each) => each.id);
console.log(JSON.stringify({ issue, comment, closed, comments, read: await hub.read(one) }));
"""
CLUSTER = """
import { createClusterClient } from "@utdk/cluster";
const cluster = createClusterClient({
  gatewayUrl: "GATEWAY", server: "sandbox", headers: { "Playground-Visitor": "ada" }
});
const one = { namespace: "demo", name: "app" };
await cluster.create({ namespace: "demo", metadata: { name: "app" }, data: { k: "v" } });
const told = { patched: [] };
const ready = new Promise((resolve) => { told.ready = resolve; });
// What is removed before the watch has seen it change is one event alone.
const changed = new Promise((resolve) => { told.changed = resolve; });
const watching = (async () => {
  const seen = [];
  const watched = await cluster.list({ namespace: "demo", watch: true, timeoutSeconds: 60 });
  for await (const event of watched) {
    seen.push(`${event.type} ${event.object.metadata.name}`);
    if (event.type === "ADDED") told.ready();
    if (event.type === "MODIFIED") told.changed();
    if (event.type === "DELETED") break;
  }
  return seen;
})();
await ready;
for (const [kind, body] of [
  ["json-patch", [{ op: "add", path: "/data/x", value: "y" }]],
  ["merge-patch", { data: { k: null } }],
  ["strategic-merge-patch", { data: { z: "1" } }],
]) {
  told.patched.push((await cluster.patch({ ...one, body }, { mediaType: `application/${kind}+json` })).data);
}
const listed = (await cluster.list({ namespace: "demo" })).items.map((each) => each.metadata.name);
await changed;
await cluster.remove(one);
const left = (await cluster.list({ namespace: "demo" })).items.length;
console.log(JSON.stringify({ patched: told.patched, listed, left, watched: await watching }));
"""
STORE = """
import { createStoreClient } from "@utdk/store";
const store = createStoreClient({ gatewayUrl: "GATEWAY", server: "sandbox", headers: { "Playground-Visitor": "ada" } });
const one = { Bucket: "photos", Key: "cat.txt" };
await store.createbucket({ Bucket: "photos" });
await store.putobject({ ...one, body: new File(["meow"], "cat.txt", { type: "text/plain" }) });
const listed = String(await store.listobjects({ Bucket: "photos" }));
const got = await store.getobject(one);
const text = typeof got === "string" ? got : await got.text();
await store.deleteobject(one);
const missing = await store.getobject(one).catch((error) => error.status);
console.log(JSON.stringify({ listed, text, missing }));
"""
DOCUMENTS = Path(__file__).parents[1] / "sandbox" / "documents"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    catalog = tmp_path_factory.mktemp("site") / "catalog.sqlite"
    with open_store(catalog) as store:
        for name in ("hub", "cluster", "store"):
            store.replace(catalog_of(DOCUMENTS / f"{name}.yaml", name), b"")
    with serving(environment(catalog)) as site:
        yield site


def told(site: str, name: str, story: str, folder: Path) -> Any:
    laid = lay(package_of(DOCUMENTS / f"{name}.yaml", name, gateway=f"{site}/gateway"), folder)
    done = run_module(laid, story.replace("GATEWAY", f"{site}/gateway"))
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def test_an_issue_is_told_by_the_package(site: str, tmp_path: Path) -> None:
    hub = told(site, "hub", HUB, tmp_path)
    assert hub["comments"] == [hub["comment"]["id"]]
    assert (hub["closed"]["state"], hub["closed"]["title"]) == ("closed", "It halts")
    assert {label["name"] for label in hub["read"]["labels"]} >= {"bug", "wontfix"}


def test_a_cluster_is_told_by_the_package(site: str, tmp_path: Path) -> None:
    cluster = told(site, "cluster", CLUSTER, tmp_path)
    assert cluster["patched"] == [{"k": "v", "x": "y"}, {"x": "y"}, {"x": "y", "z": "1"}]
    assert (cluster["listed"], cluster["left"]) == (["app"], 0)
    changes = [event for event in cluster["watched"] if event.startswith("MODIFIED")]
    assert (cluster["watched"][0], cluster["watched"][-1]) == ("ADDED app", "DELETED app")
    assert changes, "changes come while it is watched"


def test_a_file_is_told_by_the_package(site: str, tmp_path: Path) -> None:
    store = told(site, "store", STORE, tmp_path)
    assert "<Key>cat.txt</Key>" in store["listed"]
    assert (store["text"], store["missing"]) == ("meow", 404)


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
