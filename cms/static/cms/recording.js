// A recording: a button until it is clicked, then the player. #t=<seconds> says where to begin.

const clock = (seconds) => {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
};

const wanted = () => {
  const found = /^#t=(\d{1,5})$/.exec(location.hash);
  return found ? Number(found[1]) : null;
};

const address = (embed, seconds) => {
  const url = new URL(embed);
  url.searchParams.set("autoplay", "1");
  if (seconds && url.hostname === "player.vimeo.com") url.hash = `t=${seconds}s`;
  else if (seconds) url.searchParams.set("start", String(seconds));
  return url.href;
};

const ready = (recording) => {
  let seconds = null;
  const button = recording.querySelector("template").content.cloneNode(true).querySelector("button");

  const play = () => {
    const player = document.createElement("iframe");
    player.title = recording.dataset.title;
    player.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
    player.allowFullscreen = true;
    // YouTube refuses to play for a page that does not say where it is.
    player.referrerPolicy = "strict-origin-when-cross-origin";
    player.src = address(recording.dataset.embed, seconds);
    recording.querySelector("iframe, button").replaceWith(player);
    player.focus();
  };

  button.addEventListener("click", play);
  recording.append(button);
  return (moment) => {
    seconds = moment;
    if (recording.querySelector("iframe")) {
      play();
      return;
    }
    button.querySelector("[data-from]").textContent = clock(moment);
    button.querySelector(".recording-from").hidden = false;
  };
};

const recordings = [...document.querySelectorAll(".recording[data-embed]")].map(ready);
const sections = [...document.querySelectorAll("[id^='t=']")];

// A link may name any second; the section that holds it is shown.
const go = () => {
  const moment = wanted();
  if (moment === null) return;
  const begun = sections.filter((each) => Number(each.id.slice(2)) <= moment);
  for (const each of sections) each.removeAttribute("aria-current");
  if (begun.length) {
    begun.at(-1).setAttribute("aria-current", "true");
    begun.at(-1).scrollIntoView({ block: "nearest" });
  }
  // The webinar's own recording is the first one on the page that has a transcript.
  if (sections.length && recordings.length) recordings[0](moment);
};

addEventListener("hashchange", go);
go();
