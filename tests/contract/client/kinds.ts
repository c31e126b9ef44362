// Uses what each kind of operation gives, as a frontend would. It is compiled, never run: test_client.py
// puts it beside the example's sources.
import {
  ArchiveSearchDocument,
  type ArchiveKind,
  ArchiveSuggestionsDocument,
  ArticleDetailDocument,
  type ArticleListQueryVariables,
  ArticleListDocument,
  type Audience,
  ChangesDocument,
  type ContentKind,
  EventListDocument,
  ExpertDetailDocument,
  type Licence,
  MonthDetailDocument,
  MonthListDocument,
  PageByPathDocument,
  type PageByPathQuery,
  PagePathsDocument,
  PlaceListDocument,
  ProjectDetailDocument,
  PublicationListDocument,
  QuestionListDocument,
  SiteFrameDocument,
  TopicDetailDocument,
  ViewerDocument,
  type Voivodeship,
  WebinarDetailDocument,
} from './generated/graphql.js';
import { ask } from './hub.js';

// A connection, page by page; `endCursor` goes back as `after`.
export async function titlesOfArticles(variables: ArticleListQueryVariables): Promise<string[]> {
  const titles: string[] = [];
  let after: string | null = null;
  do {
    const { articles }: Awaited<ReturnType<typeof articlesAfter>> = await articlesAfter(variables, after);
    titles.push(...articles.nodes.map((article) => article.title));
    after = articles.pageInfo.hasNextPage ? articles.pageInfo.endCursor : null;
  } while (after !== null);
  return titles;
}

function articlesAfter(variables: ArticleListQueryVariables, after: string | null) {
  return ask(ArticleListDocument, { ...variables, first: 100, after });
}

// Every condition and order is typed.
export async function lists(): Promise<number[]> {
  const { thematicMonths } = await ask(MonthListDocument, {
    where: { year: 2026, audiences: ['PUBLIC'], topics: ['seniorzy'], publishedFrom: '2026-01-01' },
    orderBy: 'OLDEST',
  });
  const { events } = await ask(EventListDocument, {
    where: { isOnline: true, voivodeships: ['LODZKIE'], startsFrom: '2026-11-01T00:00:00+01:00' },
  });
  const { publications } = await ask(PublicationListDocument, { where: { languages: ['PL', 'UK'] } });
  const { questions } = await ask(QuestionListDocument);
  const { places } = await ask(PlaceListDocument, { orderBy: 'TOWN' });
  return [thematicMonths, events, publications, questions, places].map((each) => each.totalCount);
}

// A union of pages by `__typename`; those with nothing of their own have what every page has.
type Page = NonNullable<PageByPathQuery['route']['page']>;

export async function route(path: string): Promise<string> {
  const { route } = await ask(PageByPathDocument, { path });
  if (route.redirect) return `${route.redirect.permanent ? 301 : 302} ${route.redirect.location}`;
  return route.page === null ? '404' : describe(route.page);
}

function describe(page: Page): string {
  switch (page.__typename) {
    case 'ThematicMonth':
      return `${page.theme} ${page.year}-${page.month}`;
    case 'Webinar':
      return `${page.starts.slice(0, 10)} ${page.state.toLowerCase()}`;
    case 'Project':
      return `${page.projectKind} ${page.editions.nodes.map((edition) => edition.year).join()}`;
    case 'Edition':
      return page.laureates.map((each) => each.place?.town ?? each.projectTitle).join();
    case 'Event':
      return page.place?.name ?? (page.isOnline ? 'online' : '');
    case 'Publication':
      return `${page.isbn} ${page.file?.url ?? ''}`;
    case 'Expert':
      return page.isAmbassador ? 'Ambasador' : page.title;
    case 'Series':
    case 'Article':
    case 'WorkingGroup':
    case 'StandardPage':
    case 'HomePage':
      return page.body === null ? 'locked' : page.body.map((block) => block.__typename).join();
    case 'ArticleIndex':
    case 'ExpertIndex':
    case 'ProjectIndex':
    case 'PublicationIndex':
    case 'WorkingGroupIndex':
      return page.lead;
    default:
      page satisfies never;
      return '';
  }
}

// Single things are null when there is nothing to see; what is guarded is null when locked.
export async function details(): Promise<string[]> {
  const { thematicMonth } = await ask(MonthDetailDocument, { series: 'labib', year: 2026, month: 11 });
  const { article } = await ask(ArticleDetailDocument, { path: '/praktyka/artykul/' });
  const { expert } = await ask(ExpertDetailDocument, { slug: 'anna-nowak' });
  const { webinar } = await ask(WebinarDetailDocument, { path: '/webinar/' });
  const { project } = await ask(ProjectDetailDocument, { slug: 'projekt' });
  const { topic } = await ask(TopicDetailDocument, { slug: 'seniorzy' });
  return [
    thematicMonth?.questions.nodes[0]?.answers[0]?.expert?.path ?? '',
    thematicMonth?.programme.map((item) => item.date ?? item.title).join() ?? '',
    article?.subjects.map((page) => page.title).join() ?? '',
    article?.licence ? licences[article.licence] : '',
    expert?.photo?.source.srcset ?? '',
    expert?.place ? voivodeships[expert.place.voivodeship] ?? expert.place.town : '',
    webinar?.materials?.map((material) => material.document?.url ?? material.url).join() ?? '',
    webinar?.transcript?.toUpperCase() ?? '',
    project?.partnerships.map(({ partner }) => partner?.name ?? '').join() ?? '',
    topic?.webinars.nodes[0]?.starts ?? '',
  ];
}

// Enums are unions of words: a record of them is complete, or does not compile.
const licences: Record<Licence, string> = {
  CC0: 'domena publiczna',
  CC_BY_4: 'CC BY',
  CC_BY_SA_4: 'CC BY-SA',
  CC_BY_NC_4: 'CC BY-NC',
  CC_BY_NC_SA_4: 'CC BY-NC-SA',
  CC_BY_ND_4: 'CC BY-ND',
  ALL_RIGHTS: 'wszystkie prawa zastrzeżone',
};
const voivodeships: Partial<Record<Voivodeship, string>> = { SLASKIE: 'śląskie' };
export const audiences: Record<Audience, boolean> = { PUBLIC: true, MEMBERS: false };

export async function archive(query: string): Promise<string[]> {
  const found = await ask(ArchiveSearchDocument, { query, where: { kinds: ['ARTICLE'] }, orderBy: 'RELEVANCE' });
  const { archiveSuggestions } = await ask(ArchiveSuggestionsDocument, { prefix: query });
  const kinds: ArchiveKind[] = archiveSuggestions.map((each) => each.kind);
  const hits = found.archive.edges.map(({ node, cursor }) => `${node.passageHtml} ${node.page?.locked ?? false} ${cursor}`);
  return [found.archive.didYouMean ?? '', ...kinds, ...hits];
}

// Static builds: every path, and then what changed or is gone.
export async function build(known: Map<string, string>, cursor: string): Promise<string> {
  const { pagePaths } = await ask(PagePathsDocument, { kinds: ['ARTICLE', 'THEMATIC_MONTH'], first: 100 });
  for (const each of pagePaths.nodes) known.set(each.path, each.updatedAt ?? '');
  const { changes } = await ask(ChangesDocument, { after: cursor });
  const gone: ContentKind[] = changes.nodes.filter((each) => each.isGone).map((each) => each.kind);
  return `${gone.join()} ${changes.pageInfo.endCursor ?? changes.latestCursor}`;
}

export async function frame(): Promise<string[]> {
  const { settings, menus } = await ask(SiteFrameDocument);
  const { viewer } = await ask(ViewerDocument);
  const items = menus.flatMap((menu) => menu.items).map((item) => item.page?.path ?? item.url);
  return [settings?.motto ?? '', viewer?.expert?.path ?? viewer?.name ?? '', ...items];
}

// What must not compile: each line below a comment `@ts-expect-error` has to be an error.
export async function mistakes(): Promise<void> {
  const { article } = await ask(ArticleDetailDocument, { path: '/' });
  // @ts-expect-error  (null when there is nothing to see)
  article.title;
  // @ts-expect-error  (null when locked)
  article?.body.length;
  // @ts-expect-error  (not asked for)
  article?.parent;
  // @ts-expect-error  (a variable is missing)
  await ask(ArticleDetailDocument);
  // @ts-expect-error  (no such order)
  await ask(MonthListDocument, { orderBy: 'LATEST' });
  // @ts-expect-error  (no such condition)
  await ask(MonthListDocument, { where: { audience: ['PUBLIC'] } });
}
