// Links into other viewers of the same description (#/pets/getPet, #tag/pets/GET/pets): only a
// browser sees the part after the #, so it asks the server which operation that is.

const place = document.querySelector("[data-resolve]");
const follow = () => {
  const link = location.hash;
  if (link.length < 2 || document.getElementById(link.slice(1))) return;
  location.replace(`${place.dataset.resolve}?link=${encodeURIComponent(link)}`);
};
if (place) {
  follow();
  window.addEventListener("hashchange", follow);
}
