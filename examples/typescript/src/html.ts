// A tagged template that escapes what is put into it, and the few elements that pages share.
import { hub } from './hub.js';

export class Html {
  constructor(readonly text: string) {}
}

type Part = Html | Html[] | string | number | false | null;

export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  const texts = strings.map((string, index) => string + render(parts[index] ?? ''));
  return new Html(texts.join(''));
}

/** Text that is HTML already: the hub's rich text is clean. */
export function trusted(text: string): Html {
  return new Html(text);
}

function render(part: Part): string {
  if (part === null || part === false) return '';
  if (part instanceof Html) return part.text;
  if (Array.isArray(part)) return part.map((each) => each.text).join('');
  return String(part).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

interface Picture {
  alt: string;
  source: { src: string; srcset: string; width: number; height: number };
}

/** `sizes`: how wide the picture is shown, so that the browser takes the right one of `srcset`. */
export function image({ alt, source }: Picture, sizes: string): Html {
  const srcset = source.srcset && html` srcset="${source.srcset}" sizes="${sizes}"`;
  return html`<img src="${source.src}"${srcset || null} width="${source.width}" height="${source.height}" alt="${alt}">`;
}

/** This example has one page of its own; the others are the hub's. */
export function link({ path, title }: { path: string; title: string }): Html {
  return html`<a href="${new URL(path, hub).href}">${title}</a>`;
}

const zone = 'Europe/Warsaw';
const days = new Intl.DateTimeFormat('pl-PL', { dateStyle: 'long', timeZone: zone });
const moments = new Intl.DateTimeFormat('pl-PL', { dateStyle: 'long', timeStyle: 'short', timeZone: zone });

export function day(date: string): Html {
  return html`<time datetime="${date}">${days.format(new Date(`${date}T12:00:00Z`))}</time>`;
}

export function moment(time: string): Html {
  return html`<time datetime="${time}">${moments.format(new Date(time))}</time>`;
}
