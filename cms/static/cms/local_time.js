// The reader's own time beside Polish time, where the two differ.

const polish = "Europe/Warsaw";
const day = { day: "numeric", month: "long" };
const time = { hour: "2-digit", minute: "2-digit" };
const text = (moment, zone, options) =>
  new Intl.DateTimeFormat("pl", { ...options, timeZone: zone }).format(moment);

const tell = () => {
  for (const element of document.querySelectorAll("time[data-local]:not([data-told])")) {
    element.dataset.told = "";
    const starts = new Date(element.dateTime);
    const ends = element.dataset.until ? new Date(element.dataset.until) : null;
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const both = { ...day, ...time };
    if (text(starts, own, both) === text(starts, polish, both)) continue;
    const first = `${text(starts, own, day)}, ${text(starts, own, time)}`;
    const sameDay = ends && text(starts, own, day) === text(ends, own, day);
    const last = ends ? `–${sameDay ? "" : `${text(ends, own, day)}, `}${text(ends, own, time)}` : "";
    const note = document.createElement("span");
    note.className = "quiet local-time";
    note.textContent = ` (${element.dataset.local} ${first}${last})`;
    element.after(note);
  }
};

// A part of the page may come anew (webinar_state.js).
addEventListener("hub:renewed", tell);
tell();
