// The navigation beside an operation: the current one is in sight, also where the browser does not
// know `scroll-initial-target`.

const navigation = document.querySelector("#navigation");
const showCurrent = () => {
  const list = navigation.querySelector("#navigation-list");
  const first = list.querySelector("[data-first]");
  if (first && !list.scrollTop) list.scrollTop = first.offsetTop - list.offsetTop;
};
if (navigation) {
  showCurrent();
  navigation.addEventListener("toggle", showCurrent);
}
