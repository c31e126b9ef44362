// When the clock changes the webinar's state, the page shows it: read anew, and told aloud.

const LONGEST = 24 * 60 * 60 * 1000;

const follow = () => {
  const state = document.getElementById("stan");
  if (!state?.dataset.changesAt) return;
  const wait = new Date(state.dataset.changesAt) - Date.now();
  if (wait > LONGEST) return;
  // Not all readers in one second.
  setTimeout(renew, Math.max(wait, 0) + 2000 + Math.random() * 8000);
};

const renew = async () => {
  const response = await fetch(location.href, { cache: "no-store" }).catch(() => null);
  if (!response?.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.getElementById("stan");
  const state = document.getElementById("stan");
  if (!fresh || fresh.dataset.changesAt === state.dataset.changesAt) return;
  state.replaceChildren(...fresh.childNodes);
  if (fresh.dataset.changesAt) state.dataset.changesAt = fresh.dataset.changesAt;
  else delete state.dataset.changesAt;
  dispatchEvent(new Event("hub:renewed"));
  follow();
};

follow();
