// Suggestions below the archive's search field, as the ARIA combobox pattern has them:
// https://www.w3.org/WAI/ARIA/apg/patterns/combobox/examples/combobox-autocomplete-list/
// Without this script the form works as it is.

const PAUSE = 120; // milliseconds after the last key
const SHORTEST = 2;

function attach(field) {
    const list = document.createElement("ul");
    list.id = `${field.id}-lista`;
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", field.dataset.suggestionsLabel);
    list.hidden = true;
    // Says how many there are to who cannot see them.
    const status = document.createElement("span");
    status.className = "unseen";
    status.setAttribute("aria-live", "polite");
    field.after(list, status);
    Object.entries({
        role: "combobox",
        "aria-autocomplete": "list",
        "aria-expanded": "false",
        "aria-controls": list.id,
    }).forEach(([name, value]) => field.setAttribute(name, value));

    let active = -1;
    let timer = 0;
    let asked = null;

    function close() {
        clearTimeout(timer);
        asked?.abort();
        list.hidden = true;
        status.textContent = "";
        active = -1;
        field.setAttribute("aria-expanded", "false");
        field.removeAttribute("aria-activedescendant");
    }

    function mark(index) {
        const options = [...list.children];
        options.forEach((each, number) => each.setAttribute("aria-selected", String(number === index)));
        active = index;
        if (index < 0) field.removeAttribute("aria-activedescendant");
        else {
            field.setAttribute("aria-activedescendant", options[index].id);
            options[index].scrollIntoView({ block: "nearest" });
        }
    }

    function option(suggestion, number) {
        const item = document.createElement("li");
        item.id = `${list.id}-${number}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        const title = document.createElement("span");
        title.innerHTML = suggestion.html; // escaped by the server, with <mark> alone
        const kind = document.createElement("span");
        kind.className = "quiet";
        kind.textContent = suggestion.kind;
        item.append(title, " ", kind);
        item.addEventListener("mousedown", (event) => event.preventDefault());
        item.addEventListener("click", () => location.assign(suggestion.path));
        return item;
    }

    async function ask() {
        const text = field.value.trim();
        asked?.abort();
        if (text.length < SHORTEST) return close();
        asked = new AbortController();
        try {
            const address = `${field.dataset.suggestions}?${new URLSearchParams({ q: text })}`;
            const answer = await fetch(address, { signal: asked.signal });
            if (!answer.ok) return close();
            const { suggestions } = await answer.json();
            list.replaceChildren(...suggestions.map(option));
            list.hidden = suggestions.length === 0;
            status.textContent = list.hidden ? "" : `${field.dataset.suggestionsLabel}: ${suggestions.length}`;
            active = -1;
            field.removeAttribute("aria-activedescendant");
            field.setAttribute("aria-expanded", String(!list.hidden));
        } catch (error) {
            if (error.name !== "AbortError") close();
        }
    }

    field.addEventListener("input", () => {
        clearTimeout(timer);
        timer = setTimeout(ask, PAUSE);
    });
    field.addEventListener("blur", close);
    field.addEventListener("keydown", (event) => {
        const last = list.children.length - 1;
        if (event.key === "Escape" && !list.hidden) {
            event.preventDefault();
            return close();
        }
        if (list.hidden) return;
        if (event.key === "ArrowDown") mark(active < last ? active + 1 : -1);
        else if (event.key === "ArrowUp") mark(active > -1 ? active - 1 : last);
        else if (event.key === "Enter" && active >= 0) list.children[active].click();
        else return;
        event.preventDefault();
    });
}

document.querySelectorAll("[data-suggestions]").forEach(attach);
