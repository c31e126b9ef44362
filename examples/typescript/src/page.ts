// Writes build/index.html: the current month with its text, experts, articles and webinars.
import { writeFileSync } from 'node:fs';
import { body } from './body.js';
import {
  CurrentMonthDocument,
  type CurrentMonthQuery,
  PageByPathDocument,
  type WebinarState,
} from './generated/graphql.js';
import { type Html, day, html, image, link, moment, trusted } from './html.js';
import { ask } from './hub.js';
import { style } from './style.js';

type Month = NonNullable<CurrentMonthQuery['currentMonth']>;
type Webinar = Month['webinars']['nodes'][number];

const states: Record<WebinarState, string> = {
  PLANNED: 'zaplanowany',
  REGISTRATION: 'trwają zapisy',
  LIVE: 'trwa teraz',
  ENDED: 'zakończony',
  RECORDING: 'jest nagranie',
  POSTPONED: 'przełożony',
  CANCELLED: 'odwołany',
};

const { currentMonth } = await ask(CurrentMonthDocument);
const page = currentMonth ? document(currentMonth.title, await content(currentMonth)) : document('LABiB', gap());
writeFileSync('build/index.html', page.text);

async function content(month: Month): Promise<Html> {
  return html`<header>
  ${month.cover && image(month.cover, '(min-width: 64rem) 64rem, 100vw')}
  <p>${month.month}/${month.year}</p>
  <h1>${month.title}</h1>
  <p class="lead">${month.lead || month.theme}</p>
</header>
<main>
${await text(month.path)}
${month.experts.length > 0 && html`<section aria-labelledby="experts">
  <h2 id="experts">Eksperci i ekspertki</h2>
  <ul class="people">${month.experts.map(
    (expert) => html`<li>${expert.photo && image({ ...expert.photo, alt: '' }, '5rem')} ${link(expert)}</li>`,
  )}</ul>
</section>`}
${month.articles.nodes.length > 0 && html`<section aria-labelledby="articles">
  <h2 id="articles">Artykuły (${month.articles.totalCount})</h2>
  <ul class="tiles">${month.articles.nodes.map(
    (article) => html`<li>${article.cover && image({ ...article.cover, alt: '' }, '(min-width: 40rem) 20rem, 100vw')}
      <h3>${link(article)}</h3>
      <p>${day(article.publishedOn)}</p>
      <p>${article.lead}</p></li>`,
  )}</ul>
</section>`}
${month.webinars.nodes.length > 0 && html`<section aria-labelledby="webinars">
  <h2 id="webinars">Webinary</h2>
  <ul>${month.webinars.nodes.map(webinar)}</ul>
</section>`}
</main>`;
}

async function text(path: string): Promise<Html | null> {
  const { route } = await ask(PageByPathDocument, { path });
  if (route.page?.__typename !== 'ThematicMonth') return null;
  // Null for what only members read, and they are not who asks here.
  if (route.page.body === null) return html`<p>Ten tekst przeczytają członkowie sieci po zalogowaniu.</p>`;
  return html`<section class="text">${body(route.page.body)}</section>`;
}

function webinar(webinar: Webinar): Html {
  return html`<li>${link(webinar)}, ${moment(webinar.starts)} (${states[webinar.state]})${
    webinar.registrationUrl && html` <a href="${webinar.registrationUrl}" aria-label="Zapisz się: ${webinar.title}">Zapisz się</a>`
  }</li>`;
}

function gap(): Html {
  return html`<main><h1>LABiB</h1><p>W tym miesiącu nie ma miesiąca tematycznego.</p></main>`;
}

function document(title: string, content: Html): Html {
  return html`<!doctype html>
<html lang="pl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${trusted(style)}</style>
</head>
<body>
${content}
</body>
</html>
`;
}
