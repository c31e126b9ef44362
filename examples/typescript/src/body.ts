// The text of a page, block by block. `__typename` tells which block it is, and so what it has.
import type { BodyFragment, FigureFragment } from './generated/graphql.js';
import { Html, html, image, link, trusted } from './html.js';

// The fragment is a union; a list of its items is what `body` is.
export function body(blocks: BodyFragment[]): Html[] {
  return blocks.map(block);
}

function block(block: BodyFragment): Html {
  switch (block.__typename) {
    case 'HeadingBlock':
      return block.level === 2 ? html`<h2>${block.heading}</h2>` : html`<h3>${block.heading}</h3>`;
    case 'TextBlock':
      return trusted(block.text.html);
    case 'ImageBlock':
      return figure(block.figure);
    case 'GalleryBlock':
      return html`${block.figures.map(figure)}`;
    case 'QuoteBlock':
      return html`<blockquote><p>${block.quotation}</p>${block.person && html`<footer>${block.person}</footer>`}</blockquote>`;
    case 'VideoBlock':
      return html`<p><a href="${block.url}">${block.title}</a></p>`;
    case 'DocumentBlock':
      return block.document === null
        ? html``
        : html`<p><a href="${block.document.url}">${block.title || block.document.title} (${block.document.extension})</a></p>`;
    case 'PageCardBlock':
      return block.page === null ? html`` : html`<p>${link(block.page)}: ${block.reason || block.page.lead}</p>`;
    case 'TipBlock':
      return html`<aside>${trusted(block.text.html)}${block.expert && html`<p>${link(block.expert)}</p>`}</aside>`;
    case 'FrequentQuestionsBlock':
      return html`${block.questions.map(
        ({ question, answer }) => html`<details><summary>${question}</summary>${trusted(answer.html)}</details>`,
      )}`;
    case 'StepsBlock':
      return html`${block.title && html`<p><strong>${block.title}</strong></p>`}<ol>${block.steps.map(
        (step) => html`<li><strong>${step.title}</strong>${trusted(step.text.html)}</li>`,
      )}</ol>`;
    case 'CallToActionBlock':
      return html`<p>${block.sentence} ${block.page ? link({ path: block.page.path, title: block.label }) : html`<a href="${block.url}">${block.label}</a>`}</p>`;
    default:
      // Does not compile when the schema has a block that is missing above; a block that the hub
      // gets later is left out.
      block satisfies never;
      return html``;
  }
}

function figure({ image: picture, alt, caption }: FigureFragment): Html {
  if (picture === null) return html``;
  return html`<figure>${image({ ...picture, alt }, '(min-width: 50rem) 46rem, 100vw')}${caption && html`<figcaption>${caption}</figcaption>`}</figure>`;
}
