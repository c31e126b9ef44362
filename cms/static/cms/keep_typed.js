/* Keeps what is typed into form[data-keep] in this browser, until it is sent or a day has passed.
   Everything works without it. */

const PREFIX = 'hub-typed:';
const DAY = 24 * 60 * 60 * 1000;

function storage() {
    try {
        return window.localStorage;
    } catch {
        return null;
    }
}

function fieldsOf(form) {
    return [...form.querySelectorAll('textarea, input[type="text"]')].filter((field) => field.name);
}

function keep(store, form) {
    const values = Object.fromEntries(fieldsOf(form).map((field) => [field.name, field.value]));
    try {
        store.setItem(PREFIX + form.dataset.keep, JSON.stringify({ at: Date.now(), values }));
    } catch {
        return; // Full, or switched off.
    }
    for (const note of form.querySelectorAll('.keeping')) note.hidden = false;
}

function restore(store, form) {
    const found = store.getItem(PREFIX + form.dataset.keep);
    if (!found) return;
    const { values } = JSON.parse(found);
    for (const field of fieldsOf(form)) {
        // What the server gave is newer, and what is there was typed just now.
        if (!field.value && values[field.name]) field.value = values[field.name];
    }
}

function forgetOld(store) {
    for (const key of Object.keys(store).filter((each) => each.startsWith(PREFIX))) {
        try {
            if (JSON.parse(store.getItem(key)).at > Date.now() - DAY) continue;
        } catch {
            // Not ours to read: away with it.
        }
        store.removeItem(key);
    }
}

const store = storage();
if (store) {
    forgetOld(store);
    for (const mark of document.querySelectorAll('[data-sent]')) store.removeItem(PREFIX + mark.dataset.sent);
    for (const form of document.querySelectorAll('form[data-keep]')) {
        const typedBefore = fieldsOf(form).some((field) => field.value !== field.defaultValue);
        restore(store, form);
        if (typedBefore) keep(store, form);
        let timer;
        form.addEventListener('input', () => {
            clearTimeout(timer);
            timer = setTimeout(() => keep(store, form), 300);
        });
    }
}
